"""Searches a failing function for slips: single edits after which the visible cases pass.

So a slip is never guessed: it was tried. What is a mistake wherever it stands is named without that too.
"""

from __future__ import annotations

import ast
import json
import linecache
import sys
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, wraps
from inspect import Signature, signature
from itertools import zip_longest
from types import CodeType, FunctionType, ModuleType
from typing import Any, TypeVar

import numpy as np

from ...course import Case, CaseResult, Exercise, ExerciseResult, Finding, current
from ...course.plain import leaves
from ...running.calling import call, tried
from ...running.signatures import Contract
from ...words.language import ENGLISH, speaking
from .. import quantities
from ..budget import Budget
from ..compare import judge
from ..contradictions import Text, targets
from ..mutant_words import exchanged, is_mutant
from ..points import Played, concerned
from .broadcasts import outer_broadcast
from .certain import certain_slips
from .edits import Edit, Tree, made
from .likely import built_otherwise, likely_slips
from .small import small_slips
from .words import OF_A_HELPER, is_of_formula

_T = TypeVar("_T")
# Cases that take longer, in seconds, are not tried.
MOST_OF_CASE = 0.03
# Rounds of a `while` that a change may have made endless.
MOST_LINES = 50_000
# A number that stands for zero, as the difference of a right gradient.
_ZERO = 1e-6
# What a call may do more than once without anybody noticing.
_MODULES = frozenset(["numpy", "math", "copy", "itertools", "functools", "random"])
_NOTICED = frozenset(["input", "open", "exec", "eval", "breakpoint", "exit", "quit"])
_REMOVE = ("line too many", "too early", "too deep", "call too many")
# What makes numbers zero mends what should be zero too: it counts where it mends everything.
_ALL_OR_NOTHING = ("fractions",)
_WITHOUT_END = ("timeout", "memory", "killed", "missing", "unavailable", "grader_fault", "arguments")


@dataclass(frozen=True)
class Slip:
    """One place in the student's text: what it is, its line, and what to tell of it.

    outputs    those that are right in all visible cases once it is mended; none where it was not enough
    helper     the student's own function that it stands in, where it is another than the one that is judged
    """

    kind: str
    line: int
    source: str
    about: tuple[str, ...] = ()
    outputs: frozenset[str] = frozenset()
    helper: str = ""

    @property
    def id(self) -> str:
        """What `sentence` tells it from."""
        own = json.dumps([self.kind, self.line, self.source, *self.about], ensure_ascii=False)
        return json.dumps([OF_A_HELPER, self.line, self.helper, own], ensure_ascii=False) if self.helper else own


@dataclass(frozen=True)
class Slips:
    """The slips found; the function's text, where it is known; the outputs that they were tried on."""

    found: tuple[Slip, ...] = ()
    text: Text | None = None
    tried: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Search:
    """The function as it is, and the cases it is tried on.

    probes     the quickest failing cases, about all that is wrong; `others` are the rest
    raises     whether one of the probes raised
    sizes_do_not_fit   whether any case raised: a table that comes about in another one is not what is wrong
    helper     the name of the student's own function whose text is changed, where it is not the one that is judged
    numbers    the outputs that are not right by chance: no properties in words, no zero, no argument handed on
    """

    exercise: Exercise
    function: FunctionType
    tree: Tree
    contract: Contract
    probes: Sequence[Played]
    wrong: Mapping[str, frozenset[str]]
    others: Sequence[Played]
    raises: bool
    sizes_do_not_fit: bool
    numbers: frozenset[str]
    budget: Budget
    helper: str = ""

    @property
    def tried(self) -> frozenset[str]:
        """The outputs that are wrong in the cases that edits are tried on."""
        return frozenset().union(*(self.wrong[one.reference.case.label] for one in (*self.probes, *self.others)))

    @cached_property
    def target(self) -> Any:
        """The function whose text is changed."""
        function: Any = self.function
        return function.__globals__[self.helper] if self.helper else function

    @cached_property
    def signature(self) -> Signature:
        return signature(self.function)


@dataclass(frozen=True)
class _Mend:
    """An edit of one text, and the outputs that are right once it is made."""

    search: _Search
    edit: Edit
    outputs: frozenset[str]


def slips_in(
    exercise: Exercise,
    function: Callable[..., Any],
    played: Sequence[Played],
    contract: Contract,
    known: bool = False,
    budget: Budget | None = None,
    causes: Collection[str] = (),
) -> Slips:
    """The slips of a function that was called with these cases: none, or one for each group of outputs that it explains.

    known: whether the cause of all that is wrong is known already; then only what is quickly found is looked for.
    causes: the ids of what was found; lines that compute the quantities they name come first.
    """
    search = _search(exercise, function, played, contract, budget or Budget())
    if search is None:
        return Slips()
    try:
        # Of what is tried only the verdict counts, in whatever language.
        with speaking(ENGLISH), search.budget:
            found = _found(search, known, _lines_of(causes, search.tree))
            every = not found and not known and search.budget.allows()
    except Exception:
        # Whatever a student may write, what was judged is reported.
        return Slips(text=Text(search.tree.function))
    return Slips(found, Text(search.tree.function, every), search.tried)


def _found(search: _Search, known: bool, lines: Collection[int]) -> tuple[Slip, ...]:
    certain = [*certain_slips(search.tree), *(edit for edit in built_otherwise(search.tree) if edit.certain)]
    edits = [(search, edit) for edit in (*certain, *_likely_first(search, known, lines))]
    if not known:
        own = [(helper, edit) for helper in _helpers(search) for edit in _likely_first(helper, known, ())]
        edits = list(_in_turns(edits, own))
    found: list[_Mend] = []
    everything = frozenset().union(*search.wrong.values())
    for mend in _mending(edits):
        found.append(mend)
        if mend.outputs == everything:
            break
    chosen = list(_chosen(found))
    if (
        not chosen
        and not search.sizes_do_not_fit
        and (table := outer_broadcast(search.function, search.probes[0].reference.case, search.tree))
    ):
        chosen = [_Mend(search, table, frozenset())]
    if not chosen and (sure := next((edit for edit in certain if edit.certain), None)):
        chosen = [_Mend(search, sure, frozenset())]
    return tuple(map(_slip, chosen))


def _likely_first(search: _Search, known: bool, lines: Collection[int]) -> Iterator[Edit]:
    """The edits of a text, those of some lines in turns with the others."""
    built = built_otherwise(search.tree)
    others = [] if known else [*likely_slips(search.tree), *small_slips(search.tree, _entries(search.probes))]
    near = [edit for edit in others if getattr(edit.at, "lineno", 0) in lines]
    return _in_turns(near, [*built, *(edit for edit in others if getattr(edit.at, "lineno", 0) not in lines)])


def _helpers(search: _Search) -> Iterator[_Search]:
    """The same search in the texts of the functions of the notebook that this one calls, exercises apart."""
    around = search.function.__globals__
    for name in dict.fromkeys(search.function.__code__.co_names):
        one = around.get(name)
        if type(one) is not FunctionType or one.__globals__ is not around or one.__code__.co_freevars:
            continue
        if name not in search.contract.signatures and (tree := _tree(one)):
            yield replace(search, tree=tree, helper=name)


def _entries(probes: Sequence[Played]) -> list[str]:
    """The keys of the dictionaries that the function is called with."""
    arguments = [value for one in probes for value in (*one.reference.case.args, *one.reference.case.kwargs.values())]
    return list(dict.fromkeys(key for one in arguments if isinstance(one, dict) for key in one if isinstance(key, str)))


def _in_turns(one: Iterable[_T], other: Iterable[_T]) -> Iterator[_T]:
    for pair in zip_longest(one, other):
        yield from (item for item in pair if item is not None)


def _lines_of(causes: Collection[str], tree: Tree) -> set[int]:
    """The lines that compute what causes are about."""
    lines = {int(told.line) for id in causes if (told := quantities.told(id)) and told.line}
    # All lines are on the way to what is returned.
    returned = {node.id for step in tree.of(ast.Return) for node in ast.walk(step) if isinstance(node, ast.Name)}
    changed = {exchanged(id)[0] for id in causes if is_mutant(id)} - returned
    steps = tree.of(ast.Assign, ast.AugAssign)
    return lines | {
        step.lineno for step in steps if changed & {tree.quote(one).partition("[")[0] for one in targets(step)}
    }


def _mending(edits: Iterable[tuple[_Search, Edit]]) -> Iterator[_Mend]:
    for search, edit in edits:
        if not search.budget.allows():
            return
        if outputs := _mended(search, edit):
            yield _Mend(search, edit, outputs)


def _chosen(found: Sequence[_Mend]) -> Iterator[_Mend]:
    """For each output the first edit of those that explain most."""
    left = frozenset().union(*(mend.outputs for mend in found)) if found else frozenset()
    while left:
        most = max(len(mend.outputs & left) for mend in found)
        best = next(mend for mend in found if len(mend.outputs & left) == most)
        yield best
        left -= best.outputs
        found = [mend for mend in found if mend.outputs & left]


def _slip(mend: _Mend) -> Slip:
    tree, edit = mend.search.tree, mend.edit
    line = getattr(edit.at, "lineno", tree.function.lineno)
    source = " ".join(tree.text.splitlines()[line - 1].split())
    return Slip(edit.kind, line, source[:90], edit.about, mend.outputs, mend.search.helper)


def with_slips(result: ExerciseResult, found: Slips) -> ExerciseResult:
    """The result, each finding with the slip that explains its output; one that was not enough goes with all that is wrong."""
    slips = found.found
    ids = {output: slip.id for slip in slips for output in slip.outputs or result.outputs}
    caused = (finding for case in result.cases for finding in case.findings if finding.misconception)
    # What the same mistake explains has the same place, also in a case that takes too long to be tried.
    of_causes = {finding.misconception: ids[finding.output] for finding in caused if finding.output in ids}
    untried = {finding.output for case in result.cases for finding in case.findings} - found.tried

    superseded = _superseded(result, slips)

    def told(case: CaseResult, finding: Finding) -> Finding:
        outputs = [finding.output] if finding.output else case.outputs
        other = of_causes.get(finding.misconception, "") if finding.output in untried else ""
        slip = next((ids[output] for output in outputs if output in ids), other)
        return replace(
            finding,
            slip=slip,
            misconception=None
            if slip in superseded and quantities.told(finding.misconception) is None
            else finding.misconception,
        )

    cases = (replace(case, findings=tuple(told(case, f) for f in case.findings)) for case in result.cases)
    return replace(result, cases=tuple(cases)) if ids else result


def _superseded(result: ExerciseResult, slips: Sequence[Slip]) -> set[str]:
    """The slips that say more than causes found by the values alone.

    They mend outputs that no cause was found for, or stand in another function than the one that the causes are about.
    """
    findings = [finding for case in result.cases for finding in case.findings if finding.misconception]
    caused = {output for f in findings for output in ([f.output] if f.output else result.outputs)}
    return {slip.id for slip in slips if slip.helper or (is_of_formula(slip.id) and slip.outputs - caused)}


# ---- what is searched


def _search(
    exercise: Exercise, function: Callable[..., Any], played: Sequence[Played], contract: Contract, budget: Budget
) -> _Search | None:
    """What to search; None where the function may not be called again, or its text is not known."""
    if type(function) is not FunctionType or function.__code__.co_freevars or not _may_be_called_again(function):
        return None
    if any(one.outcome.problem in _WITHOUT_END for one in played):
        return None
    played = concerned(exercise, played)
    wrong = {p.reference.case.label: _wrong(exercise, p) for p in played}
    usable = [p for p in played if not p.reference.case.pace and p.outcome.seconds < MOST_OF_CASE]
    failing = sorted((p for p in usable if wrong[p.reference.case.label]), key=lambda p: p.outcome.seconds)
    tree = _tree(function)
    if not failing or tree is None:
        return None
    probes = list(_probes(failing, wrong))
    others = [p for p in usable if p not in probes]
    raises, in_any = (any(p.outcome.problem for p in of) for of in (probes, played))
    expected = ((p.reference.case, item) for p in failing for item in p.reference.expected.items())
    numbers = frozenset(output for case, (output, value) in expected if _is_telling(value, case))
    return _Search(exercise, function, tree, contract, probes, wrong, others, raises, in_any, numbers, budget)


def _is_telling(value: Any, case: Case) -> bool:
    """Whether a value is not met by chance, as a yes is, a text of the grader's, or the one number zero.

    What is an argument handed on, as a cache, is right wherever nothing raises.
    """
    if isinstance(value, (str, bool)):
        return False
    if isinstance(value, (float, np.floating)):
        return abs(float(value)) > _ZERO
    given = list(leaves([case.args, dict(case.kwargs)]))
    return not all(any(_is_same(part, one) for one in given) for part in leaves(value))


def _is_same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(np.array_equal(one, other))


def _probes(failing: Sequence[Played], wrong: Mapping[str, frozenset[str]]) -> Iterator[Played]:
    """The first cases that are about something the ones before are not."""
    seen: frozenset[str] = frozenset()
    for one in failing:
        if not wrong[one.reference.case.label] <= seen:
            seen |= wrong[one.reference.case.label]
            yield one


def _wrong(exercise: Exercise, played: Played) -> frozenset[str]:
    found = judge(exercise, played.reference, played.outcome)
    if any(finding.output is None for finding in found):
        return frozenset(played.reference.expected)
    return frozenset(finding.output or "" for finding in found)


def _tree(function: FunctionType) -> Tree | None:
    code = function.__code__
    text = "".join(linecache.getlines(code.co_filename, function.__globals__))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            module = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    lines = range(code.co_firstlineno, code.co_firstlineno + 12)
    mine = (n for n in module.body if isinstance(n, ast.FunctionDef) and n.name == code.co_name and n.lineno in lines)
    found = next(mine, None)
    return Tree(found, text) if found and not found.decorator_list else None


def _may_be_called_again(function: FunctionType) -> bool:
    """Whether a function, and those of the notebook that it calls, can be called again unnoticed: it draws, asks, opens nothing."""
    around, left, seen = function.__globals__, [function.__code__], set()
    allowed = _MODULES | {current().library}
    while left:
        code = left.pop()
        left += [inner for inner in code.co_consts if isinstance(inner, CodeType)]
        for name in code.co_names:
            value = around.get(name)
            if name in _NOTICED and value is None:
                return False
            if isinstance(value, ModuleType) and value.__name__.partition(".")[0] not in allowed:
                return False
            if type(value) is FunctionType and value.__globals__ is around and value not in seen:
                seen.add(value)
                left.append(value.__code__)
    return True


# ---- trying an edit


def _mended(search: _Search, edit: Edit) -> frozenset[str]:
    """The outputs that an edit makes right in all cases; none where it makes another one wrong."""
    if edit.kind in ("Python's own", "start of sum") and edit.about[0] in search.function.__globals__:
        # The name was given away: that is what is wrong with it.
        return frozenset()
    changed = _compiled(search, edit)
    if changed is None:
        return frozenset()
    mended: set[str] = set()
    wrong: set[str] = set()
    for number, one in enumerate((*search.probes, *search.others)):
        if (number == len(search.probes) and not mended - wrong) or not search.budget.allows(one.outcome.seconds):
            return frozenset()
        before, after = search.wrong[one.reference.case.label], _still_wrong(search, changed, one)
        if after is None or not after <= before or (number == 0 and after and search.raises and edit.kind in _REMOVE):
            return frozenset()
        mended |= before
        wrong |= after
    mended -= wrong
    if wrong and (search.raises or edit.kind in _ALL_OR_NOTHING or not mended & search.numbers):
        # That nothing raises any more is right for outputs that have nothing to do with it.
        # A property that holds, as that a cost is large, holds by chance too.
        return frozenset()
    return frozenset(mended) if mended and _holds(search, changed, mended) else frozenset()


def _still_wrong(search: _Search, changed: FunctionType, one: Played) -> frozenset[str] | None:
    outcome = tried(_limited(search, changed), one.reference.case, search.exercise.name, search.contract)
    if outcome is None or (outcome.changed and not one.outcome.changed):
        # A copy that is not made any more mends nothing.
        return None
    return _wrong(search.exercise, Played(one.reference, outcome))


def _holds(search: _Search, changed: FunctionType, mended: set[str]) -> bool:
    """Whether it is so too when the quickest case is called as a check calls it."""
    one = next(p for p in search.probes if mended & search.wrong[p.reference.case.label])
    outcome = call(_limited(search, changed), one.reference.case, search.exercise.name, search.contract)
    return not mended & _wrong(search.exercise, Played(one.reference, outcome))


def _compiled(search: _Search, edit: Edit) -> FunctionType | None:
    """The function that is judged, with the edit made in its own text or in that of its helper."""
    target = search.target
    function: Any = search.function
    try:
        with made(edit), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            module = compile(ast.Module([search.tree.function], []), target.__code__.co_filename, "exec")
    except (SyntaxError, ValueError, TypeError, RecursionError):
        return None
    code = next((c for c in module.co_consts if isinstance(c, CodeType) and c.co_name == target.__code__.co_name), None)
    if code is None or code.co_freevars:
        return None
    changed = _with(target, code, target.__globals__)
    if search.helper:
        changed = _with(function, function.__code__, {**function.__globals__, search.helper: changed})
    # So that it is not made anew for every call.
    changed.__signature__ = search.signature  # type: ignore[attr-defined]
    return changed


def _with(function: Any, code: CodeType, around: dict[str, Any]) -> FunctionType:
    changed = FunctionType(code, around, function.__name__, function.__defaults__)
    changed.__kwdefaults__ = function.__kwdefaults__
    return changed


def _may_be_endless(tree: Tree) -> bool:
    """Whether there is a `while`, or a loop over something that may grow meanwhile."""
    over = [loop.iter for loop in tree.of(ast.For)]
    ranges = all(isinstance(one, ast.Call) and tree.quote(one.func) == "range" for one in over)
    return any(True for _loop in tree.of(ast.While)) or (".append" in tree.text and not ranges)


def _limited(search: _Search, function: FunctionType) -> Callable[..., Any]:
    """The function, ended after so many lines where a change may have made a loop of it endless."""
    if not _may_be_endless(search.tree):
        return function

    @wraps(function)
    def limited(*args: Any, **kwargs: Any) -> Any:
        left = MOST_LINES

        def count(_frame: Any, _event: str, _arg: Any) -> Any:
            nonlocal left
            left -= 1
            if left < 0:
                raise TimeoutError
            return count

        before = sys.gettrace()
        sys.settrace(count)
        try:
            return function(*args, **kwargs)
        finally:
            sys.settrace(before)

    return limited

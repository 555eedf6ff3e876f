"""Searches a failing function for slips: single edits after which the visible cases pass.

So a slip is never guessed: it was tried. What is a mistake in any context is named without being tried too.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from types import FunctionType
from typing import Any, TypeVar

import numpy as np

from ...course import CaseResult, Exercise, ExerciseResult, Finding
from ...course.plain import leaves
from ...running.signatures import Contract
from ...words.language import ENGLISH, speaking
from .. import quantity_words
from ..budget import Budget
from ..contradictions import Text, targets
from ..mutant_words import exchanged, is_mutant
from ..points import Played
from .broadcasts import outer_broadcast
from .certain import certain_slips
from .edits import Edit, Tree
from .indices import index_slips
from .likely import built_otherwise, likely_slips
from .searched import Search, search_of, tree_of
from .small import small_slips
from .trying import mended
from .words import OF_A_HELPER, is_of_formula

_T = TypeVar("_T")


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
class _Mend:
    """An edit of one text, and the outputs that are right once it is made."""

    search: Search
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
    search = search_of(exercise, function, played, contract, budget or Budget())
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


def _found(search: Search, known: bool, lines: Collection[int]) -> tuple[Slip, ...]:
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


def _likely_first(search: Search, known: bool, lines: Collection[int]) -> Iterator[Edit]:
    """The edits of a text, those of some lines in turns with the others."""
    built = built_otherwise(search.tree)
    others = [] if known else [*likely_slips(search.tree), *index_slips(search.tree), *_small_slips(search)]
    near = [edit for edit in others if getattr(edit.at, "lineno", 0) in lines]
    return _in_turns(near, [*built, *(edit for edit in others if getattr(edit.at, "lineno", 0) not in lines)])


def _helpers(search: Search) -> Iterator[Search]:
    """The same search in the texts of the functions of the notebook that this one calls, exercises apart."""
    around = search.function.__globals__
    for name in dict.fromkeys(search.function.__code__.co_names):
        one = around.get(name)
        if type(one) is not FunctionType or one.__globals__ is not around or one.__code__.co_freevars:
            continue
        if name not in search.contract.signatures and (tree := tree_of(one)):
            yield replace(search, tree=tree, helper=name)


def _small_slips(search: Search) -> Iterator[Edit]:
    """Edits of single tokens, by what the function is called with: the keys of dictionaries, stacks of matrices."""
    cases = [one.reference.case for one in search.probes]
    arguments = [value for case in cases for value in (*case.args, *case.kwargs.values())]
    keys = dict.fromkeys(key for one in arguments if isinstance(one, dict) for key in one if isinstance(key, str))
    stacked = any(np.ndim(leaf) > 2 for leaf in leaves(arguments) if isinstance(leaf, np.ndarray))
    return small_slips(search.tree, list(keys), stacked)


def _in_turns(one: Iterable[_T], other: Iterable[_T]) -> Iterator[_T]:
    for pair in zip_longest(one, other):
        yield from (item for item in pair if item is not None)


def _lines_of(causes: Collection[str], tree: Tree) -> set[int]:
    """The lines that compute what causes are about."""
    lines = {int(told.line) for id in causes if (told := quantity_words.told(id)) and told.line}
    # All lines are on the way to what is returned.
    returned = {node.id for step in tree.of(ast.Return) for node in ast.walk(step) if isinstance(node, ast.Name)}
    changed = {exchanged(id)[0] for id in causes if is_mutant(id)} - returned
    steps = tree.of(ast.Assign, ast.AugAssign)
    return lines | {
        step.lineno for step in steps if changed & {tree.quote(one).partition("[")[0] for one in targets(step)}
    }


def _mending(edits: Iterable[tuple[Search, Edit]]) -> Iterator[_Mend]:
    for search, edit in edits:
        if not search.budget.allows():
            return
        if outputs := mended(search, edit):
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
            if slip in superseded and quantity_words.told(finding.misconception) is None
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

"""What is searched for a slip: the text of a function that may be called again, and the cases that edits are tried on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from inspect import Signature, signature
from types import CodeType, FunctionType, ModuleType
from typing import Any

import numpy as np

from ...course import Case, Exercise, current
from ...course.plain import leaves
from ...running.made_from import definition_of, text_of
from ...running.signatures import Contract
from ..budget import Budget
from ..compare import judge
from ..contradictions import mains
from ..points import Played, concerned
from .edits import Tree

# Cases that take longer, in seconds, are not tried.
MOST_OF_CASE = 0.03
# A number that stands for zero, as the difference of a right gradient.
_ZERO = 1e-6
# What a call may do more than once without anybody noticing.
_MODULES = frozenset(["numpy", "math", "copy", "itertools", "functools", "random"])
_NOTICED = frozenset(["input", "open", "exec", "eval", "breakpoint", "exit", "quit"])
_WITHOUT_END = ("timeout", "memory", "killed", "missing", "unavailable", "grader_fault", "arguments")


@dataclass(frozen=True)
class Search:
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
    def main(self) -> Mapping[str, str]:
        """{output about special cases: the one about the same returned value in general}"""
        return mains([one.reference for one in (*self.probes, *self.others)])

    @cached_property
    def target(self) -> Any:
        """The function whose text is changed."""
        function: Any = self.function
        return function.__globals__[self.helper] if self.helper else function

    @cached_property
    def signature(self) -> Signature:
        return signature(self.function)


def search_of(
    exercise: Exercise, function: Callable[..., Any], played: Sequence[Played], contract: Contract, budget: Budget
) -> Search | None:
    """What to search; None where the function may not be called again, or its text is not known."""
    if type(function) is not FunctionType or function.__code__.co_freevars or not _may_be_called_again(function):
        return None
    if any(one.outcome.problem in _WITHOUT_END for one in played):
        return None
    played = concerned(exercise, played)
    wrong = {p.reference.case.label: wrong_outputs(exercise, p) for p in played}
    usable = [p for p in played if not p.reference.case.pace and p.outcome.seconds < MOST_OF_CASE]
    failing = sorted((p for p in usable if wrong[p.reference.case.label]), key=lambda p: p.outcome.seconds)
    tree = tree_of(function)
    if not failing or tree is None:
        return None
    probes = list(_probes(failing, wrong))
    others = [p for p in usable if p not in probes]
    raises, in_any = (any(p.outcome.problem for p in of) for of in (probes, played))
    expected = ((p.reference.case, item) for p in failing for item in p.reference.expected.items())
    numbers = frozenset(output for case, (output, value) in expected if _is_telling(value, case))
    return Search(exercise, function, tree, contract, probes, wrong, others, raises, in_any, numbers, budget)


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


def wrong_outputs(exercise: Exercise, played: Played) -> frozenset[str]:
    found = judge(exercise, played.reference, played.outcome)
    if any(finding.output is None for finding in found):
        return frozenset(played.reference.expected)
    return frozenset(finding.output or "" for finding in found)


def tree_of(function: FunctionType) -> Tree | None:
    """The text that a function was made from; None where its cell was changed since, or where it is decorated."""
    found, definition = text_of(function.__code__, function.__globals__), definition_of(function)
    return Tree(definition, found[0]) if found and definition and not definition.decorator_list else None


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

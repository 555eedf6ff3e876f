"""The first quantity of the solution that the student's function does not arrive at: found by value, not by name.

The solution's quantities are known by their imprints in the visible cases; the student's values were watched while the
function was called once more. Something is said only where everything that the quantity is computed from is there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..course import RAISED, CaseResult, Exercise, Outcome, Quantity, Reference, split_output
from ..course.imprint import Imprint, alike, imprint
from ..running.lookup import bare
from ..running.watching import Value, Watch, Watched
from .budget import Budget
from .mutant_words import unnumbered
from .quantity_words import Told, told

# Where so many failing cases agree, the others are not looked at.
ENOUGH = 3
_AGREEING = 2
# So many of the quantities that are right are named, the last ones.
NAMED = 4


@dataclass(frozen=True)
class Side:
    """One failing case: the solution's quantities and the student's values, side by side.

    stopped   whether an exception ended the call: what comes after it cannot be there
    returned  the names of what is returned
    """

    reference: Reference
    watched: Watched
    wrong: frozenset[str]
    rtol: float
    stopped: bool = False
    returned: frozenset[str] = frozenset()

    @cached_property
    def quantities(self) -> dict[str, Quantity]:
        return {one.key: one for one in self.reference.quantities}

    @cached_property
    def outputs(self) -> Mapping[str, str]:
        """{quantity: the output that is its value}"""
        expected = {output: imprint(value) for output, value in self.reference.expected.items()}
        return {
            one.key: output
            for one in self.reference.quantities
            for output, value in expected.items()
            if alike(one.value, value, self.rtol)
        }

    @cached_property
    def found(self) -> frozenset[str]:
        """The quantities that are among the student's values, or are not needed: what is computed from them is there."""
        right = {name for name, output in self.outputs.items() if output not in self.wrong}
        seen = right | self.named
        for name in reversed(self.quantities):
            if any(name in self.quantities[other].after and other in seen for other in self.quantities):
                seen = seen | {name}
        return frozenset(seen)

    def is_right_at_first(self, one: Quantity) -> bool:
        """Whether the first round of a loop is as expected, that quantity in it too."""
        first = [other for other in self.quantities.values() if other.round == 1]
        # Here it must be seen itself: what the second round begins with need not come from all of the first.
        own = [self.is_seen(other, self.watched.values) for other in first if other.name == one.name]
        return bool(own) and all(own) and all(other.key in self.found for other in first)

    def is_seen(self, one: Quantity, within: Sequence[Value]) -> bool:
        return any(v.shape == one.shape and alike(one.value, v.imprint, self.rtol) for v in within)

    @cached_property
    def named(self) -> frozenset[str]:
        """The quantities that some variable holds: what is a part of an expression only may be taken further at once."""
        held = [value for value in self.watched.values if value.name]
        return frozenset(name for name, one in self.quantities.items() if self.is_seen(one, held))

    def way_to(self, output: str) -> list[str]:
        """The quantities on the way to an output, in order, and that which it is; all where it is none of them."""
        ends = [name for name, of in self.outputs.items() if of == output]
        if not ends:
            return list(self.quantities)
        on_it = {ends[0], *self.before(ends[0])}
        return [name for name in self.quantities if name in on_it]

    def comes_from(self, output: str, name: str) -> bool:
        """Whether an output is known to be computed from a quantity that is another one."""
        return any(name in self.before(end) for end, of in self.outputs.items() if of == output)

    def leaves_right(self, cause: str, output: str) -> bool:
        """Whether a known mistake does not change an output in this case."""
        known = [outputs for key, outputs in self.reference.mistakes.items() if unnumbered(key) == cause]
        return bool(known) and not any(output in outputs for outputs in known)

    def before(self, name: str) -> set[str]:
        """The quantities on the way to one."""
        left, found = [name], set[str]()
        while left:
            new = set(self.quantities[left.pop()].after) & self.quantities.keys() - found
            found |= new
            left += new
        return found

    def leads_nowhere(self, name: str) -> bool:
        """Whether a quantity is nothing that is returned, and nothing is computed from it: as a cost that is only printed."""
        if name in self.outputs or self.quantities[name].name in self.returned:
            return False
        return not any(name in other.after for other in self.quantities.values())

    def own(self, one: Quantity) -> list[Value]:
        """What the student's variable of that name is, in order, once what the quantity is computed from is there."""
        before = self.before(one.key) & self.named
        start = max((self._place(self.quantities[name]) for name in before), default=0)
        return [
            value
            for value in self.watched.values[start:]
            if bare(value.name) == bare(one.name)
            and value.entry == one.is_entry
            and value.in_loop == bool(one.round)
            and not any(alike(value.imprint, part, self.rtol) for part in self._arguments)
        ]

    def _place(self, one: Quantity) -> int:
        """How many values there are before the quantity is."""
        return next(n for n, v in enumerate(self.watched.values) if alike(one.value, v.imprint, self.rtol))

    @cached_property
    def _arguments(self) -> list[Imprint]:
        values = [*self.reference.case.args, *self.reference.case.kwargs.values()]
        return [imprint(value) for value in values]

    def is_lost(self, one: Quantity) -> bool:
        """Whether the student's variable of that name has another value in the end."""
        own = self.own(one)
        return bool(own) and not one.round and not alike(one.value, own[-1].imprint, self.rtol)


@dataclass(frozen=True)
class First:
    """The first quantity that differs, the keys of those before it that are there, and the line of the student's own."""

    of: Quantity
    after: tuple[str, ...]
    is_output: bool
    line: int | None


# What is known of a call that came to an end, or to an exception of its own.
_JUDGED = frozenset(["raised", "kind", "unsupported", "shape", "dtype", "not_finite", "values"])


def first_differences(
    exercise: Exercise,
    played: Sequence[tuple[Reference, Outcome]],
    cases: Sequence[CaseResult],
    watch: Watch,
    budget: Budget,
) -> dict[str, str]:
    """{output, or RAISED: the id of the first quantity that differs} for what is wrong without a known cause.

    So too for an output whose cause leaves that quantity right, although it is computed from it.
    """
    # What is told in words of a value is no value that could be met on the way.
    worded = {o for reference, _outcome in played for o, value in reference.expected.items() if isinstance(value, str)}
    open_ones = [output for output in _unexplained(cases) if output not in worded | exercise.properties.keys()]
    sides: list[tuple[CaseResult, Side]] = []
    unseen: list[CaseResult] = []
    took, for_others = 0.0, budget.left / 2
    for (reference, outcome), case in zip(played, cases, strict=True):
        about = [output for output in open_ones if case.finding(output)]
        if not reference.quantities or not about or len(sides) == ENOUGH:
            continue
        if not budget.allows(max(outcome.seconds, took) + for_others):
            unseen.append(case)
            continue
        left = budget.left
        sides.append((case, _side(exercise, reference, outcome, case, watch)))
        took = left - budget.left
        # Where one case says nothing, the others are not looked at.
        open_ones = [o for o in open_ones if o not in about or _first(o, sides[-1][1])]
    found = {
        output: first_differing(output, [side for case, side in sides if case.finding(output)])
        for output in open_ones
        if _are_like(output, unseen, [case for case, _side in sides])
    }
    said = {output: id for output, id in found.items() if id}
    return {**_contradicted(cases, said, sides), **said}


def _contradicted(
    cases: Sequence[CaseResult], said: Mapping[str, str], sides: Sequence[tuple[CaseResult, Side]]
) -> dict[str, str]:
    """{output with a cause: the first quantity that differs}, where it is computed from that quantity, and so is an output
    that its cause would leave right: then it would leave the quantity right too."""
    causes = {f.output: f.misconception for case in cases for f in case.findings if f.output and f.misconception}
    return {
        output: id
        for output, cause in causes.items()
        for other, id in said.items()
        if (one := told(id)) and other != RAISED
        for looked in [[side for case, side in sides if case.finding(output)]]
        if looked and all(side.comes_from(output, one.key) and side.leaves_right(cause, other) for side in looked)
    }


def _are_like(output: str, unseen: Sequence[CaseResult], looked_at: Sequence[CaseResult]) -> bool:
    """Whether the cases that no time was left for go wrong in the same outputs as two that were looked at."""
    about = [_wrong(case) for case in unseen if case.finding(output)]
    looked = [_wrong(case) for case in looked_at if case.finding(output)]
    return not about or (len(looked) >= _AGREEING and set(about) <= set(looked))


def _wrong(case: CaseResult) -> frozenset[str]:
    return frozenset(output for output in case.outputs if case.finding(output))


def _unexplained(cases: Sequence[CaseResult]) -> list[str]:
    """The outputs that are wrong in some case, in none for a reason that is known."""
    outputs = dict.fromkeys(output for case in cases for output in case.outputs)
    findings = {output: [f for case in cases if (f := case.finding(output))] for output in outputs}
    return [
        output
        for output, of in findings.items()
        if of and all(one.kind in _JUDGED and one.misconception is None for one in of)
    ]


def _side(exercise: Exercise, reference: Reference, outcome: Outcome, case: CaseResult, watch: Watch) -> Side:
    shapes = frozenset(one.shape for one in reference.quantities)
    paths = [split_output(path) for path in exercise.judged(reference.case).values()]
    returned = {*exercise.returns, *(key for _name, key in paths if key)}
    stopped = outcome.problem == "raised"
    return Side(reference, watch(reference.case, shapes), _wrong(case), exercise.rtol, stopped, frozenset(returned))


def first_differing(output: str, sides: Sequence[Side]) -> str | None:
    """The id of what is said of an output that is wrong in these cases; None where they do not agree on one quantity."""
    firsts = [_first(output, side) for side in sides if side.quantities]
    if not firsts or not all(firsts):
        return None
    found = [one for one in firsts if one]
    if len({one.of.key for one in found}) > 1:
        return None
    after = tuple(dict.fromkeys(key for one in found for key in one.after if _is_right_in_all(key, sides)))
    lines = {one.line for one in found}
    line = lines.pop() if len(lines) == 1 else None
    is_output = all(one.is_output for one in found)
    if not after and (is_output or line is None):
        return None
    how = "output" if is_output else "own" if line else "absent"
    of = found[0].of
    if of.round == 2 and not all(side.watched.again and side.is_right_at_first(of) for side in sides):
        return None
    which = "second" if of.round == 2 else "entry" if of.is_entry else "round" if of.round else "only"
    return Told(of.name, how, which, after[-NAMED:], str(line or "")).id


def _is_right_in_all(key: str, sides: Sequence[Side]) -> bool:
    """Whether a quantity is there wherever it is looked for: in some case it may be one of the arguments."""
    return all(key in side.named for side in sides if key in side.quantities)


def _first(output: str, side: Side) -> First | None:
    if not side.watched.complete:
        return None
    for name in side.way_to(output):
        if side.leads_nowhere(name):
            continue
        if name in side.named and side.is_lost(side.quantities[name]):
            return None
        if name not in side.found:
            one = side.quantities[name]
            is_output = side.outputs.get(name) == output
            before, line = side.before(name), _line(side.own(one))
            # It may have been taken further at once; and what comes after an exception cannot be there.
            unsure = side.stopped or (not is_output and side.is_seen(one, side.watched.values))
            if line is None and unsure:
                return None
            after = tuple(other for other in side.quantities if other in side.named & before)
            return First(one, after, is_output, line)
    return None


def _line(own: Sequence[Value]) -> int | None:
    return next((value.line for value in own if not value.coarse), None)

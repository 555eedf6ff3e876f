"""What a student may read: the points and what the visible cases came to; the hidden cases once the round is closed.

Every way out that a student can read makes its text from what `shown` returns, and of nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import UTC, datetime

from ..course import Exercise, ExerciseResult, Result
from ..course.policy import Policy
from ..marks import Mark, please_look
from ..show import Row, explanation, rows
from ..words import _

# lesson -> whether its round is closed
Closed = Callable[[str], bool]


def all_open(_lesson: str) -> bool:
    """No round is closed."""
    return False


def is_closed(policy: Policy | None, lesson: str, now: datetime | None = None) -> bool:
    """Whether the lesson's round is closed by the course's schedule; without one it stays open."""
    closes = policy.schedule(lesson).closes if policy else None
    return closes is not None and closes <= (now or datetime.now(UTC))


def lessons_not_due(policy: Policy | None, now: datetime | None = None) -> frozenset[str]:
    """The lessons that may still be handed in by the course's schedule, extensions apart."""
    schedules = policy.lessons if policy else {}
    return frozenset(name for name, one in schedules.items() if one.due and one.due > (now or datetime.now(UTC)))


def shown(mark: Mark, closed: bool) -> Mark:
    """The mark as its student may read it: nothing of a hidden case is in it, unless the round is closed."""
    result = shown_result(mark.result, closed)
    of_cases = set(please_look(mark.result.in_full()))
    look = (*please_look(result), *(one for one in mark.look if one not in of_cases))
    aside = tuple(replace(one, part=_shown(one.part, closed)) for one in mark.aside)
    as_asked = mark.as_asked and shown_result(mark.as_asked, closed)
    return replace(mark, result=result, look=look, aside=aside, as_asked=as_asked)


def shown_result(result: Result, closed: bool) -> Result:
    """The result as its student may read it."""
    return replace(result, exercises=tuple(_shown(one, closed) for one in result.exercises))


def _shown(one: ExerciseResult, closed: bool) -> ExerciseResult:
    return one.in_full() if closed else replace(one, hidden=None)


def shown_rows(exercise: Exercise, result: ExerciseResult) -> list[Row]:
    """The table of an exercise that is `shown`: what is right in one row, then what is not."""
    surprising = only_hidden_fail(result)
    others = {output: points for output, points in result.outputs.items() if output not in surprising}
    found = rows(exercise, replace(result, outputs=others)) if others else []
    right = tuple(output for row in found if row.right for output in row.outputs)
    together = [Row(right, True, _("right in every case"), whole=len(right) == len(result.outputs))] if right else []
    return [*together, *(row for row in found if not row.right), *_surprises(exercise, result, surprising)]


def only_hidden_fail(result: ExerciseResult) -> tuple[str, ...]:
    """The outputs that lost points and are right in every visible case."""
    failing = {output for case in result.cases if case.visible for output in result.outputs if case.finding(output)}
    return tuple(output for output, (points, most) in result.outputs.items() if points < most and output not in failing)


def _surprises(exercise: Exercise, result: ExerciseResult, outputs: Collection[str]) -> list[Row]:
    if not outputs:
        return []
    advice = _(
        "The hidden cases ask for the same with other numbers and sizes. Look for a number, a size or a name that is "
        "written into the function and should come from its arguments."
    )
    if all(case.visible for case in result.cases):
        headline = _("right in every visible case, but not in a hidden one")
        later = _("The hidden case is shown here once the round is closed.")
        return [Row(tuple(outputs), False, headline, f"{advice} {later}")]
    known = any(explanation(exercise, f) for case in result.cases for o in outputs if (f := case.finding(o)))
    found = rows(exercise, replace(result, outputs={output: result.outputs[output] for output in outputs}))
    return found if known else [replace(row, help=advice, whole=False) for row in found]

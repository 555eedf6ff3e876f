"""What a student may see of an exercise: hidden cases only once the round is closed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime

from ..course import Exercise, ExerciseResult
from ..coursefile import Course
from ..show import Row, explanation, rows
from ..words import _


def is_closed(course: Course | None, lesson: str, now: datetime | None = None) -> bool:
    """Whether the lesson's round is closed by the course's schedule; without one it stays open."""
    closes = course.schedule(lesson).closes if course else None
    return closes is not None and closes <= (now or datetime.now(UTC))


def without_hidden(result: ExerciseResult) -> ExerciseResult:
    """The result with its visible cases alone; points and status are those of the hidden ones still."""
    return replace(result, cases=tuple(case for case in result.cases if case.visible))


def shown_rows(exercise: Exercise, result: ExerciseResult, closed: bool) -> list[Row]:
    """The table of an exercise as its student may see it: what is right in one row, then what is not."""
    surprising = only_hidden_fail(result)
    others = {output: points for output, points in result.outputs.items() if output not in surprising}
    shown = result if closed else without_hidden(result)
    found = rows(exercise, replace(shown, outputs=others)) if others else []
    right = tuple(output for row in found if row.right for output in row.outputs)
    together = [Row(right, True, _("right in every case"), whole=len(right) == len(result.outputs))] if right else []
    return [*together, *(row for row in found if not row.right), *_surprises(exercise, result, surprising, closed)]


def only_hidden_fail(result: ExerciseResult) -> tuple[str, ...]:
    """The outputs that are right in every visible case and not in a hidden one."""
    failing = {
        visible: {o for case in result.cases if case.visible is visible for o in result.outputs if case.finding(o)}
        for visible in (True, False)
    }
    return tuple(output for output in result.outputs if output in failing[False] - failing[True])


def _surprises(exercise: Exercise, result: ExerciseResult, outputs: Collection[str], closed: bool) -> list[Row]:
    if not outputs:
        return []
    advice = _(
        "The hidden cases ask for the same with other numbers and sizes. Look for a number, a size or a name that is "
        "written into the function and should come from its arguments."
    )
    if not closed:
        headline = _("right in every visible case, but not in a hidden one")
        later = _("The hidden case is shown here once the round is closed.")
        return [Row(tuple(outputs), False, headline, f"{advice} {later}")]
    known = any(explanation(exercise, f) for case in result.cases for o in outputs if (f := case.finding(o)))
    found = rows(exercise, replace(result, outputs={output: result.outputs[output] for output in outputs}))
    return found if known else [replace(row, help=advice, whole=False) for row in found]

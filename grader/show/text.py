"""Results as lines for a terminal or a log."""

from __future__ import annotations

from collections.abc import Sequence

from ..course import Exercise, ExerciseResult, Lesson
from ..words import _
from ..words.columns import padded, width, wrapped
from .table import Row, amount, heading, rows, state

WIDTH = 100


def as_text(
    exercise: Exercise, result: ExerciseResult, notes: Sequence[str] = (), graded: Sequence[Row] | None = None
) -> str:
    """The table of one exercise for a terminal or a log; `graded` are its rows where they are not those of a check."""
    shown = rows(exercise, result) if graded is None else graded
    column = max(_column(shown) + 4, len(result.name) + 2)
    lines = [f"{result.name:<{column}}" + heading(exercise, result, graded)]
    lines += rows_as_text(shown)
    for note in notes:
        lines += wrapped(note, 4, WIDTH)
    return "\n".join(lines)


def _column(shown: Sequence[Row]) -> int:
    return min(24, max(width(row.label) for row in shown)) + 2


def rows_as_text(shown: Sequence[Row]) -> list[str]:
    """The lines of a table, the outputs in a column of their own."""
    column = _column(shown)
    lines = []
    for row in shown:
        details = [part for line in row.lines for part in wrapped(line, column + 4, WIDTH)]
        if width(row.label) > column - 2:
            lines += [f"  {row.mark} {row.label}", *details]
        else:
            lines += [f"  {row.mark} {padded(row.label, column)}{details[0].lstrip()}", *details[1:]]
    return lines


def summary_as_text(lesson: Lesson, results: Sequence[ExerciseResult], notes: Sequence[str]) -> str:
    amounts = [amount(lesson.exercise(result.name), result.points, result.max_points) for result in results]
    together = f"{sum(r.points for r in results)} / {sum(r.max_points for r in results)}"
    column, second = max(len(result.name) for result in results) + 2, max(map(width, [*amounts, together]))
    lines = [
        f"  {state(result)[0]} {result.name:<{column}}{' ' * (second - width(one))}{one}  {state(result)[1]}"
        for result, one in zip(results, amounts, strict=True)
    ]
    lines.append(f"    {padded(_('together'), column)}{together:>{second}}")
    return "\n".join([*lines, "", *notes])

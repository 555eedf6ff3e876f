"""Results as lines for a terminal or a log."""

from __future__ import annotations

from collections.abc import Sequence

from ..course import Exercise, ExerciseResult
from ..words import _
from .columns import padded, width, wrapped
from .table import Row, heading, rows, state

WIDTH = 100


def as_text(
    exercise: Exercise, result: ExerciseResult, notes: Sequence[str] = (), graded: Sequence[Row] | None = None
) -> str:
    """The table of one exercise for a terminal or a log; `graded` are its rows where they are not those of a check."""
    shown = rows(exercise, result) if graded is None else graded
    column = max(_column(shown) + 4, len(result.name) + 2)
    lines = [f"{result.name:<{column}}" + heading(result, graded)]
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
        if width(row.label) > column - 2:
            lines += [f"  {row.mark} {row.label}", " " * (column + 4) + row.headline]
        else:
            lines.append(f"  {row.mark} {padded(row.label, column)}{row.headline}")
        for detail in filter(None, (row.help, row.message)):
            lines += wrapped(detail, column + 4, WIDTH)
    return lines


def summary_as_text(results: Sequence[ExerciseResult], notes: Sequence[str]) -> str:
    column = max(len(result.name) for result in results) + 2
    lines = [f"  {state(r)[0]} {r.name:<{column}}{r.points:>3} / {r.max_points:<3}  {state(r)[1]}" for r in results]
    lines.append(
        f"    {padded(_('together'), column)}{sum(r.points for r in results):>3} / {sum(r.max_points for r in results)}"
    )
    return "\n".join([*lines, "", *notes])

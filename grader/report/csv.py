"""Marks as a table for a spreadsheet: one line for each submission, one column for each exercise."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from ..marks import Mark
from ..words import harmless

_HEAD = ("student", "submission", "lesson", "round", "points", "max_points", "penalty", "final", "handed_in", "note")
# A spreadsheet takes a cell that begins so for a formula; with an apostrophe before it, it is text.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")


def render(marks: Sequence[Mark]) -> Iterator[str]:
    """The lines of the table, without line ends."""
    exercises = list(dict.fromkeys(_column(mark, one.name) for mark in marks for one in mark.result.exercises))
    yield _line([*_HEAD, *exercises])
    for mark in marks:
        yield _line([*map(as_text, _cells(mark)), *_points(mark, exercises)])


def _column(mark: Mark, exercise: str) -> str:
    return f"{mark.result.lesson}::{exercise}"


def _cells(mark: Mark) -> list[str]:
    result = mark.result
    return [
        result.student,
        result.submission,
        result.lesson,
        str(result.round),
        str(mark.points),
        str(result.max_points),
        f"{mark.penalty:g}",
        f"{mark.final:g}",
        mark.handed_in.isoformat() if mark.handed_in else "",
        "; ".join(filter(None, [result.error, mark.timing, *(one.reason for one in mark.overrides)])),
    ]


def _points(mark: Mark, exercises: Sequence[str]) -> list[str]:
    own = {_column(mark, one.name): one.points for one in mark.result.exercises}
    own |= {_column(mark, one.exercise): one.points for one in mark.overrides}
    return [str(own.get(name, "")) for name in exercises]


def as_text(cell: str) -> str:
    """A cell in one line, which a spreadsheet shows as it is."""
    cell = harmless(re.sub(r"[\t\r\n]+", " ", cell))
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _line(cells: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()

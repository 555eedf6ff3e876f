"""Marks as a table for a spreadsheet: one line for each submission, one column for each exercise."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from ..marks import Mark
from ..words.spreadsheet import as_cell

_HEAD: tuple[str, ...] = (
    "student",
    "submission",
    "lesson",
    "round",
    "points",
    "max_points",
    "penalty",
    "final",
    "handed_in",
    "note",
)
# For each mark of a class from elsewhere, while it is not decided what it was asked for.
_AS_ASKED = ("points_as_asked", "max_points_as_asked")


def render(marks: Sequence[Mark]) -> Iterator[str]:
    """The lines of the table, without line ends. What is not graded has empty cells: it is no 0 in a mean."""
    undecided = any(mark.as_asked for mark in marks)
    exercises = list(dict.fromkeys(_column(mark, one.name) for mark in marks for one in mark.result.exercises))
    yield _line([*_HEAD, *(_AS_ASKED if undecided else ()), *exercises])
    for mark in marks:
        as_asked = _as_asked(mark) if undecided else ()
        yield _line([*map(as_cell, _cells(mark)), *as_asked, *_points(mark, exercises)])


def _as_asked(mark: Mark) -> tuple[str, str]:
    known = mark.known
    return (str(known.points), str(known.result.max_points)) if mark.is_graded else ("", "")


def _column(mark: Mark, exercise: str) -> str:
    return f"{mark.result.lesson}::{exercise}"


def _cells(mark: Mark) -> list[str]:
    result = mark.result
    return [
        result.student,
        result.submission,
        result.lesson,
        str(result.round),
        *_sums(mark),
        mark.handed_in.isoformat() if mark.handed_in else "",
        "; ".join(filter(None, [result.error, mark.timing, *(one.reason for one in mark.overrides)])),
    ]


def _sums(mark: Mark) -> tuple[str, str, str, str]:
    if not mark.is_graded:
        return "", "", "", ""
    return str(mark.points), str(mark.result.max_points), f"{mark.penalty:g}", f"{mark.final:g}"


def _points(mark: Mark, exercises: Sequence[str]) -> list[str]:
    own = {_column(mark, one.name): one.points for one in mark.result.exercises}
    own |= {_column(mark, one.exercise): one.points for one in mark.overrides}
    return [str(own.get(name, "")) for name in exercises]


def _line(cells: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()

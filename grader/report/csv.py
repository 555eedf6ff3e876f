"""Marks as a table for a spreadsheet: one line for each submission, one column for each exercise and what a person marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..marks import BONUS, Mark
from ..words.spreadsheet import PLAIN, Dialect

Cell = str | float
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


def render(marks: Sequence[Mark], dialect: Dialect = PLAIN) -> Iterator[str]:
    """The lines of the table, without line ends. What was not graded leaves its cells empty, so that it does not count as 0 in a mean."""
    undecided = any(mark.as_asked for mark in marks)
    columns = _columns(marks)
    yield dialect.start + dialect.line([*_HEAD, *(_AS_ASKED if undecided else ()), *columns])
    for mark in marks:
        as_asked = _as_asked(mark) if undecided else ()
        yield dialect.line([*_cells(mark), *as_asked, *_points(mark, columns)])


def _columns(marks: Sequence[Mark]) -> list[str]:
    """The exercises, then the parts marked by hand, then the bonuses, where somebody has one."""
    exercises = [_column(mark, one.name) for mark in marks for one in mark.result.exercises]
    parts = [_column(mark, part.name) for mark in marks for part in mark.parts]
    bonuses = [_column(mark, BONUS) for mark in marks if mark.bonuses]
    return list(dict.fromkeys([*exercises, *parts, *bonuses]))


def _as_asked(mark: Mark) -> tuple[Cell, Cell]:
    known = mark.known
    return (known.points, known.most) if mark.is_graded else ("", "")


def _column(mark: Mark, exercise: str) -> str:
    return f"{mark.result.lesson}::{exercise}"


def _cells(mark: Mark) -> list[Cell]:
    result = mark.result
    return [
        result.student,
        result.submission,
        result.lesson,
        result.round,
        *_sums(mark),
        mark.handed_in.isoformat() if mark.handed_in else "",
        "; ".join(filter(None, [result.error, mark.timing, *(one.reason for one in mark.by_a_person)])),
    ]


def _sums(mark: Mark) -> tuple[Cell, Cell, Cell, Cell]:
    if not mark.is_graded:
        return "", "", "", ""
    return mark.points, mark.most, mark.penalty, mark.final


def _points(mark: Mark, columns: Sequence[str]) -> list[Cell]:
    own: dict[str, Cell] = {_column(mark, one.name): one.points for one in mark.result.exercises}
    own |= {_column(mark, one.exercise): one.points for one in mark.by_a_person if one.kind in ("exercise", "part")}
    if mark.bonuses:
        own[_column(mark, BONUS)] = sum(one.points for one in mark.bonuses)
    return [own.get(name, "") for name in columns]

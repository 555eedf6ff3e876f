"""Marks into Canvas's own gradebook export: one column filled, everything else as it was, byte for byte.

A student is matched by an id, a login or the whole name, exactly; who is not, or not uniquely, is listed and left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..marks import Mark

# How Canvas names the columns that say who a student is.
_NAMES = ("ID", "SIS User ID", "SIS Login ID", "Integration ID", "Student")
# Whoever downloads from Canvas gets files named smithjohn_123_...: the name without signs, and the student's ID.
_DOWNLOAD = "downloaded as"
# One cell, quoted or not, with what ends it.
_CELL = re.compile(r'("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n|\n|\r|$)')


class RosterError(Exception):
    """A roster that cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Filled:
    """The roster with the marks in it, and a line for each student who was left out."""

    text: str
    said: tuple[str, ...]


def fill(roster: str, assignment: str, marks: Sequence[Mark]) -> Filled:
    """The roster with each student's mark in the column of the assignment. Raises RosterError."""
    mark_of_order = "\ufeff" if roster.startswith("\ufeff") else ""
    rows = list(_rows(roster.removeprefix("\ufeff")))
    head = [_value(cell) for cell, _end in rows[0]] if rows else []
    column = _column(head, assignment)
    people = {name: number for number, name in enumerate(head) if name in _NAMES}
    if not people:
        raise RosterError(
            "its first line has none of the columns " + ", ".join(_NAMES) + ": export it from Canvas anew"
        )
    found, said = _matched(rows[1:], people, marks)
    lines = [rows[0], *(_with(row, column, found.get(number)) for number, row in enumerate(rows[1:]))]
    return Filled(mark_of_order + "".join(cell + end for row in lines for cell, end in row), tuple(said))


Row = list[tuple[str, str]]


def _rows(text: str) -> Iterator[Row]:
    """Each line's cells as they are written, each with the comma or line end after it."""
    row: Row = []
    at = 0
    while at < len(text):
        match = _CELL.match(text, at)
        if match is None:
            raise RosterError(
                f"a quotation mark in it is not closed or stands alone (character {at}): export it from Canvas anew"
            )
        row.append((match[1], match[2]))
        at = match.end()
        if match[2] != ",":
            yield row
            row = []
    if row:
        yield [*row, ("", "")]


def _value(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if cell.startswith('"') else cell


def _column(head: Sequence[str], assignment: str) -> int:
    """Where the assignment's column is, by its whole name or its name without the number that Canvas adds."""
    for fits in (lambda name: name == assignment, lambda name: re.sub(r" \(\d+\)$", "", name) == assignment):
        found = [number for number, name in enumerate(head) if fits(name)]
        if len(found) == 1:
            return found[0]
        if found:
            break
    named = [name for name in head if re.search(r" \(\d+\)$", name)]
    why = "several columns are" if found else "no column is"
    raise RosterError(f"{why} named {assignment!r}; its assignments are: {', '.join(named) or 'none'}")


def _matched(rows: Sequence[Row], people: dict[str, int], marks: Sequence[Mark]) -> tuple[dict[int, str], list[str]]:
    """{number of a row: the mark to write}, and what is said of those left out."""
    known = _known(rows, people)
    chosen: defaultdict[int, list[Mark]] = defaultdict(list)
    said = []
    for mark in marks:
        fits = {row for key in _keys(mark.result.student) for row in known.get(key, ())}
        if reason := _no_match(mark, fits):
            said.append(f"{mark.result.student}: {reason}")
        else:
            chosen[fits.pop()].append(mark)
    for own in (own for own in chosen.values() if len(own) > 1):
        said += [f"{mark.result.student}: handed in more than once ({mark.result.submission})" for mark in own]
    names = [_name(rows[row], people) for row in sorted(set().union(*known.values()) - set(chosen))]
    said += [f"{name}: in the roster, and without a mark" for name in names]
    return {row: f"{own[0].final:g}" for row, own in chosen.items() if len(own) == 1}, said


def _no_match(mark: Mark, fits: Collection[int]) -> str:
    """Why a mark is not written to the roster, or ''."""
    if mark.result.error is not None:
        return f"no mark, because the file could not be graded ({mark.result.error})"
    if len(fits) > 1:
        return f"{len(fits)} students of the roster are called so"
    return "" if fits else "not in the roster"


def _name(row: Row, people: dict[str, int]) -> str:
    return _value(row[people.get("Student", min(people.values()))][0])


def _keys(student: str) -> Iterator[str]:
    """What a student may be called in the roster."""
    yield f"{_DOWNLOAD} {student}"
    yield from (f"{name} {student.strip().casefold()}" for name in _NAMES)


def _known(rows: Sequence[Row], people: dict[str, int]) -> dict[str, set[int]]:
    """{key: the rows that have it}; the rows of Canvas's own are nobody's."""
    known: defaultdict[str, set[int]] = defaultdict(set)
    for number, row in enumerate(rows):
        called = {name: _value(row[column][0]).strip() for name, column in people.items() if column < len(row)}
        if _is_nobody(called):
            continue
        for name, value in called.items():
            if value:
                known[f"{name} {value.casefold()}"].add(number)
        if called.get("Student") and called.get("ID"):
            plain = re.sub(r"[\W_]+", "", called["Student"].lower())
            known[f"{_DOWNLOAD} {plain}_{called['ID']}"].add(number)
    return known


def _is_nobody(called: Mapping[str, str]) -> bool:
    """Whether it is the row of possible points, or the one that says which columns are posted by hand."""
    others = [value for name, value in called.items() if name != "Student"]
    return not any(others) and called.get("Student", "") in ("", "Points Possible", "Manual Posting")


def _with(row: Row, column: int, mark: str | None) -> Row:
    if mark is None or column >= len(row):
        return row
    return [*row[:column], (mark, row[column][1]), *row[column + 1 :]]

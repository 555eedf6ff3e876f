"""Marks into a table that a platform exported: one column filled, everything else as it was, byte for byte.

A student is matched by an id, a login or the whole name, exactly; else by the name with the last name first or last, which
is said. Who is not matched, or not uniquely, is listed and left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..course.files import more_cells
from ..marks import Mark
from ..marks.roster import NOBODY
from ..words.errors import GraderError
from ..words.numbers import number
from ..words.people import nearest_names, spellings

# More of one kind are said in one line.
MOST_LINES = 3
# One cell, quoted or not, with what ends it.
_CELL = re.compile(r'("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n|\n|\r|$)')


class RosterError(GraderError):
    """A roster that cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Filled:
    """The roster with the marks in it.

    said       a line for each student who was left out, or found under the name turned round
    left_out   whether some mark has no cell, or some cell stays empty
    """

    text: str
    said: tuple[str, ...]
    left_out: bool = False


@dataclass(frozen=True)
class Form:
    """How a platform's table says whose a row is, and where the mark goes.

    people    {a column that says who somebody is: its place}; `name` is the one with the whole name
    column    the place of the marks
    of_row, of_mark    the keys by which the two are found together
    most      the points that the platform says can be had, as a row of cells says it; '' where it does not
    """

    people: Mapping[str, int]
    name: str
    column: int
    of_row: Callable[[Mapping[str, str]], Iterable[str]]
    of_mark: Callable[[Mark], Iterable[str]]
    most: Callable[[Sequence[str]], str]


def fill(table: str, form_of: Callable[[Sequence[str]], Form], marks: Sequence[Mark]) -> Filled:
    """The table with each student's mark in its column; `form_of` knows it by its first line. Raises RosterError."""
    mark_of_order = "\ufeff" if table.startswith("\ufeff") else ""
    rows = list(_rows(table.removeprefix("\ufeff")))
    form = form_of([_value(cell) for cell, _end in rows[0]] if rows else [])
    _refuse_shifted(rows)
    found = _Matching(rows[1:], form).of(marks)
    lines = [rows[0], *(_with(row, form.column, found.marks.get(n)) for n, row in enumerate(rows[1:]))]
    text = mark_of_order + "".join(cell + end for row in lines for cell, end in row)
    said = (*_other_most(rows[1:], form, marks), *_turned_lines(found.turned), *found.left_out)
    return Filled(text, said, bool(found.left_out))


def _other_most(rows: Sequence[Row], form: Form, marks: Sequence[Mark]) -> Iterator[str]:
    """A message if the platform's maximum is not that of these marks: rescaled, or with a bonus cut off, they would be wrong."""
    written = next(filter(None, (form.most([_value(cell) for cell, _end in row]) for row in rows)), "")
    ours = next((mark.most for mark in marks if mark.is_graded), None)
    if ours is not None and re.fullmatch(r"\d+([.,]\d+)?", written) and float(written.replace(",", ".")) != ours:
        yield f"the platform's maximum is {written} points, and these marks are out of {number(ours)}: change it in the assignment"


def _turned_lines(turned: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Lines about those found with first and last name exchanged: many share one line, so that the other lines are seen."""
    if len(turned) > MOST_LINES:
        names = "; ".join(f'{student} = "{name}"' for student, name in turned)
        yield f"{len(turned)} matched to names in the roster with the last name first: {names}"
    else:
        yield from (f'{student}: matched to "{name}" in the roster' for student, name in turned)


Row = list[tuple[str, str]]


def _rows(text: str) -> Iterator[Row]:
    """Each line's cells as they are written, each with the comma or line end after it."""
    row: Row = []
    at = 0
    while at < len(text):
        match = _CELL.match(text, at)
        if match is None:
            raise RosterError(f"a quotation mark in it is not closed or stands alone (character {at}): export it again")
        row.append((match[1], match[2]))
        at = match.end()
        if match[2] != ",":
            yield row
            row = []
    if row:
        yield [*row, ("", "")]


def _refuse_shifted(rows: Sequence[Row]) -> None:
    """Raise RosterError where a row has more cells than the first: whose mark would go where is not known."""
    line = 1
    for row in rows:
        if more := more_cells([cell for cell, _end in rows[0]], [cell for cell, _end in row]):
            raise RosterError(f"line {line}: {more}")
        line += sum(len(re.findall(r"\r\n|\r|\n", cell + end)) for cell, end in row)


def _value(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if cell.startswith('"') else cell


@dataclass
class _Matched:
    """{number of a row: the mark to write}; who was found under the name turned round, and lines about who was left out."""

    marks: dict[int, str]
    turned: list[tuple[str, str]]
    left_out: list[str]


class _Matching:
    """Finds the row of each student; those of the platform's own are nobody's."""

    def __init__(self, rows: Sequence[Row], form: Form) -> None:
        column = form.column
        self._form = form
        self._cells = {n: found for n, row in enumerate(rows) if (found := _called(row, form))}
        self._empty = {n for n in self._cells if not (column < len(rows[n]) and _value(rows[n][column][0]).strip(" -"))}
        self._known = _by_key((n, form.of_row(called)) for n, called in self._cells.items())
        self._turned = _by_key((n, spellings(called.get(form.name, ""))) for n, called in self._cells.items())

    def of(self, marks: Sequence[Mark]) -> _Matched:
        """Where each mark goes. An exact match comes before one with the name turned round."""
        found = _Matched({}, [], [])
        chosen: defaultdict[int, list[Mark]] = defaultdict(list)
        graded = [mark for mark in marks if mark.is_graded]
        exact = {mark.result.student: self._rows(self._known, self._form.of_mark(mark)) for mark in graded}
        taken = {row for rows in exact.values() if len(rows) == 1 for row in rows}
        for mark in marks:
            student = mark.result.student
            rows = exact.get(student, set())
            if mark.is_graded and not rows:
                rows = self._rows(self._turned, spellings(student)) - taken
                found.turned += [(student, self._name(row)) for row in rows if len(rows) == 1]
            if reason := self._no_match(mark, rows):
                found.left_out.append(f"{student}: {reason}")
            else:
                chosen[min(rows)].append(mark)
        for own in (own for own in chosen.values() if len(own) > 1):
            found.left_out += [
                f"{mark.result.student}: handed in more than once ({mark.result.submission})" for mark in own
            ]
        # Whose file could not be graded is listed already.
        listed = set[int]().union(*(self._fitting(mark) for mark in marks if not mark.is_graded))
        without = sorted(set(self._cells) - set(chosen) - listed)
        found.left_out += [
            f"{self._name(row)}: in the roster, but without a mark" for row in without if row in self._empty
        ]
        found.marks.update({row: number(own[0].final) for row, own in chosen.items() if len(own) == 1})
        return found

    def _rows(self, known: Mapping[str, set[int]], keys: Iterable[str]) -> set[int]:
        return set().union(*(known.get(key, set()) for key in keys))

    def _fitting(self, mark: Mark) -> set[int]:
        """The row of a student, where one fits."""
        rows = self._rows(self._known, self._form.of_mark(mark)) or self._rows(
            self._turned, spellings(mark.result.student)
        )
        return rows if len(rows) == 1 else set()

    def _no_match(self, mark: Mark, fits: Collection[int]) -> str:
        """Why a mark is not written to the roster, or ''."""
        if not mark.is_graded:
            return f"no mark, because the file could not be graded ({mark.result.error})"
        if len(fits) > 1:
            return f"{len(fits)} students in the roster have this name"
        if fits:
            return ""
        like = nearest_names(mark.result.student, map(self._name, self._cells))
        return "not in the roster" + (f"; the nearest names there: {'; '.join(like)}" if like else "")

    def _name(self, row: int) -> str:
        called = self._cells[row]
        return called.get(self._form.name) or next(filter(None, called.values()))


def _by_key(keys: Iterable[tuple[int, Iterable[str]]]) -> dict[str, set[int]]:
    found: defaultdict[str, set[int]] = defaultdict(set)
    for row, own in keys:
        for key in own:
            found[key].add(row)
    return found


def _called(row: Row, form: Form) -> dict[str, str]:
    """{column: how it calls the person of a row}; {} for a row of the platform's own, and for the student it makes for teachers."""
    called = {name: _value(row[column][0]).strip() for name, column in form.people.items() if column < len(row)}
    return {} if NOBODY.fullmatch(called.get(form.name, "")) or not any(called.values()) else called


def _with(row: Row, column: int, mark: str | None) -> Row:
    if mark is None or column >= len(row):
        return row
    return [*row[:column], (mark, row[column][1]), *row[column + 1 :]]

"""Marks into Canvas's own gradebook export: the column of one assignment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ..marks import Mark
from ..words.people import folded, nfc, simplified
from . import filling
from .filling import Filled, Form, RosterError

# How Canvas names the columns that say who a student is.
_NAMES = ("ID", "SIS User ID", "SIS Login ID", "Integration ID", "Student")
# Whoever downloads from Canvas gets files named smithjohn_123_...: the name without signs, and the student's ID.
_DOWNLOAD = "downloaded as"


def fill(roster: str, assignment: str, marks: Sequence[Mark]) -> Filled:
    """The roster with each student's mark in the column of the assignment. Raises RosterError."""

    def form(head: Sequence[str]) -> Form:
        column = _column(head, assignment)
        people = {name: place for place, name in enumerate(head) if name in _NAMES}
        if not people:
            raise RosterError(
                "its first line has none of the columns " + ", ".join(_NAMES) + ": export it from Canvas again"
            )
        return Form(people, "Student", column, _exact, _keys, lambda cells: _possible(cells, people, column))

    return filling.fill(roster, form, marks)


def _possible(cells: Sequence[str], people: Mapping[str, int], column: int) -> str:
    """The points possible, in the row that is named so."""
    name = people.get("Student", 0)
    return cells[column].strip() if column < len(cells) and cells[name].strip() == "Points Possible" else ""


def _column(head: Sequence[str], assignment: str) -> int:
    """Where the assignment's column is, by its whole name or its name without the number that Canvas adds."""
    asked = nfc(assignment)
    for fits in (lambda name: name == asked, lambda name: re.sub(r" \(\d+\)$", "", name) == asked):
        found = [number for number, name in enumerate(map(nfc, head)) if fits(name)]
        if len(found) == 1:
            return found[0]
        if found:
            break
    named = [name for name in head if re.search(r" \(\d+\)$", name)]
    why = "several columns are" if found else "no column is"
    raise RosterError(f"{why} named {assignment!r}; its assignments are: {', '.join(named) or 'none'}")


def _keys(mark: Mark) -> Iterator[str]:
    """What a student may be called in the roster."""
    student = mark.result.student
    yield f"{_DOWNLOAD} {folded(student)}"
    yield from (f"{name} {folded(student)}" for name in _NAMES)


def _exact(called: Mapping[str, str]) -> Iterator[str]:
    """The keys by which a row is found."""
    yield from (f"{name} {folded(value)}" for name, value in called.items() if value)
    if called.get("Student") and called.get("ID"):
        yield f"{_DOWNLOAD} {simplified(called['Student'])}_{called['ID']}"

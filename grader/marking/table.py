"""Writes lines of overrides.csv, and takes over what people gave elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..course.files import decoded, read, write
from ..marks import BONUS, Override, Rules
from ..marks.editing import LineChange, edited
from ..marks.lines import TableError, of_students, rows_in
from ..marks.overrides import COLUMNS, by_a_person
from ..marks.tables import overrides_path, read_rules
from ..words.errors import GraderError
from ..words.numbers import number

# How the reason of a line begins that was taken over: the next time, it is that program's again.
NBGRADER = "nbgrader"


class MarkingError(GraderError):
    """What cannot be done with the points as they were given; the message says why and what to write."""


def change(folder: Path, changes: Sequence[LineChange]) -> None:
    """Write these lines into the table of a folder of results. Nothing is written where they cannot be read.

    Raises MarkingError for what they say, TableError for what stands there already, FileError.
    """
    by_hand = read_rules(folder).policy.by_hand
    path = overrides_path(folder)
    data = read(path) if path.is_file() else b""
    before = decoded(data, path)
    text = edited(before, changes)
    # Refused before it is written: a table that cannot be read would stop every report.
    try:
        by_a_person(of_students(rows_in(text, path, COLUMNS)), by_hand)
    except TableError as error:
        raise MarkingError(error.what) from None
    if text != before:
        # The mark by which Excel knows UTF-8 stays.
        start = "\ufeff" if data.startswith(b"\xef\xbb\xbf") else ""
        write(path, (start + text).encode())


class NotDeclared(GraderError):
    """A part that is marked by hand elsewhere, and not declared here; the message has the lines to write."""


@dataclass(frozen=True)
class Taken:
    """What is to be written, and a line for each change, and for each line of the instructor's own that stays."""

    changes: tuple[LineChange, ...]
    said: tuple[str, ...]


def taken_over(given: Iterable[Override], most: Mapping[str, float], rules: Rules) -> Taken:
    """What people gave elsewhere, as lines; those of an earlier time that are not there any more go. Raises NotDeclared.

    most    {"lesson::part": its points} of the parts that are no exercises
    """
    if missing := {name: points for name, points in most.items() if rules.policy.by_hand.get(name) != points}:
        lines = "\n".join(f"'{name}' = {number(points)}" for name, points in missing.items())
        raise NotDeclared(
            "cells that a person grades must be in the sum of everybody: write these lines under [by_hand] in course.toml, "
            f"and run it again\n{lines}"
        )
    here = {(one.student, one.lesson, one.exercise): one for lines in rules.overrides.values() for one in lines}
    new = {(one.student, one.lesson, one.exercise): one for one in given}
    changes, said = [], []
    for key, one in new.items():
        before = here.get(key)
        if before and not is_taken(before):
            if before.points != one.points:
                said.append(
                    f"{_called(before)} stays at {number(before.points)}, as you wrote it; there it is {number(one.points)}"
                )
        elif before != one:
            changes.append(LineChange(*key, number(one.points), one.reason))
            said.append(f"{_called(one)}: {number(before.points) if before else '-'} -> {number(one.points)}")
    for key, before in here.items():
        if is_taken(before) and key not in new:
            changes.append(LineChange(*key))
            said.append(f"{_called(before)}: {number(before.points)} -> -")
    return Taken(tuple(changes), tuple(said))


def reason_of(comment: str) -> str:
    """The reason of a line that is taken over, in one line."""
    return f"{NBGRADER}: {' '.join(comment.split()) or 'set by a person'}"


def is_taken(one: Override) -> bool:
    return one.reason.startswith(f"{NBGRADER}: ")


def bonus_name(name: str) -> str:
    """What extra credit of a cell is called."""
    return f"{BONUS}: {name}"


def _called(one: Override) -> str:
    return f"{one.student}, {one.lesson}, {one.exercise}"

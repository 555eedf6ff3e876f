"""Marks into Moodle's grading worksheet: its column of grades. In any language: the first column holds Moodle's numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from ..marks import Mark
from ..marks.roster import is_about_people
from ..submissions.platforms import Claim, claim_of
from ..words.people import folded, nfc
from . import filling
from .filling import Filled, Form, RosterError

# In an English Moodle.
GRADE, MOST = "Grade", "Maximum grade"
_NUMBER = "number"


def fill(worksheet: str, column: str, marks: Sequence[Mark]) -> Filled:
    """The worksheet with each student's mark in the column. Raises RosterError."""

    def form(head: Sequence[str]) -> Form:
        named = [place for place, name in enumerate(head) if nfc(name.strip()) == nfc(column)]
        if len(named) != 1:
            raise RosterError(
                f"no column is named {column!r}: give Moodle's grading worksheet, and name its column of grades with "
                f"--assignment; its columns are: {', '.join(head) or 'none'}"
            )
        people = {name: place for place, name in enumerate(head) if place == 0 or is_about_people(name)}
        most = next((place for place, name in enumerate(head) if name.strip() == MOST), len(head))
        return Form(
            people,
            next(iter([*people][1:]), ""),
            named[0],
            _of_row,
            _of_mark,
            lambda cells: "".join(cells[most : most + 1]),
        )

    return filling.fill(worksheet, form, marks)


def _of_row(called: Mapping[str, str]) -> Iterator[str]:
    """Participant 771020 is the one whose folder is named Jane Doe_771020_assignsubmission_file_."""
    first, *others = called.values()
    if match := re.search(r"(\d+)\s*$", first):
        yield f"{_NUMBER} {int(match[1])}"
    yield from (folded(value) for value in others if value)


def _of_mark(mark: Mark) -> Iterator[str]:
    if claim := upload_of(mark.result.submission):
        yield f"{_NUMBER} {int(claim.number)}"
    else:
        yield folded(mark.result.student)


def upload_of(submission: str) -> Claim | None:
    """What Moodle's download says in the path of a file, where it has the number of a participant."""
    claims = (claim_of(part) for part in PurePosixPath(submission).parts)
    return next((one for one in claims if one and one.platform == "Moodle" and one.number), None)

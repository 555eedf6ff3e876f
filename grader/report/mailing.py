"""Which page is whose, as a table for a mail merge. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from ..marks import Mark
from ..marks.roster import Person, email_of
from ..words.spreadsheet import PLAIN, Dialect
from .page import file_name


def render(marks: Sequence[Mark], pages: Path, people: Sequence[Person], dialect: Dialect = PLAIN) -> Iterator[str]:
    """The lines of the table: student, e-mail where the roster has one, the page, and the sum of each lesson."""
    known = sorted((mark for mark in marks if not mark.is_open), key=lambda mark: mark.result.student)
    lessons = list(dict.fromkeys(mark.result.lesson for mark in known if mark.result.lesson))
    sums = [column for lesson in lessons for column in (lesson, f"{lesson}: of")]
    yield dialect.start + dialect.line(["student", "email", "page", *sums])
    for student, group in groupby(known, key=lambda mark: mark.result.student):
        own = {mark.result.lesson: mark for mark in group if mark.is_graded}
        points = [one for lesson in lessons for one in _sum(own.get(lesson))]
        yield dialect.line([student, email_of(people, student), str(pages / file_name(student)), *points])


def _sum(mark: Mark | None) -> tuple[str | float, str | float]:
    return (mark.final, mark.most) if mark else ("", "")

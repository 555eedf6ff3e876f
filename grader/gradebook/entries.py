"""Converts between database rows and rows of the hand-in table, and picks the entries that count. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from ..course.policy import Counts
from ..marks import Entry, Replaced
from ..submissions.records import Row, Status
from ..words.sentence import as_text, from_text
from .damage import unsealed


def as_stored(row: Row) -> tuple[Any, ...]:
    """The first columns of `submissions`; the run and the key come with the statement."""
    when = row.handed_in and row.handed_in.isoformat()
    # Text that sorts as the numbers do.
    version = ".".join(f"{number:020}" for number in row.version)
    about = (
        row.status,
        as_text(row.why),
        row.told,
        row.home,
        row.slot,
        version,
        row.late,
        when,
        row.exercises,
        row.by_hand,
    )
    return (row.file, row.digest, row.student, row.lesson, *about)


def as_row(*stored: Any) -> Row:
    """The row with these columns."""
    (name, student, lesson, status, why, told, home, slot, version, late, when, digest, exercises, by_hand, run) = (
        stored
    )
    numbers = tuple(int(number) for number in version.split(".") if number)
    time = when and datetime.fromisoformat(when)
    return Row(
        name, student, lesson, Status(status), from_text(why), told=told, home=home, slot=slot, version=numbers, late=bool(late),
        handed_in=time, digest=digest, exercises=bool(exercises), by_hand=by_hand, run=run,
    )  # fmt: skip


def _entry(
    name: str, student: str, lesson: str, result: bytes, digest: str, when: str | None, late: int, *_decided: str
) -> Entry:
    found = replace(unsealed(result), submission=name, student=student, lesson=lesson)
    return Entry(found, digest, datetime.fromisoformat(when) if when else None, bool(late))


def counting(stored: Sequence[tuple[Any, ...]], counts: Counts, undecided: Mapping[str, str]) -> Entry:
    """The one that counts of a student's files of a lesson, first to last, with the others."""
    rows = [(_entry(*row), row[-2], row[-1]) for row in stored]
    entries = [entry for entry, _status, _by_hand in rows]
    # Whom the instructor chose counts, whatever was graded before.
    chosen_by_hand = any(by_hand == "which" and status == Status.GRADE for _entry, status, by_hand in rows)
    among = [entry for entry, status, _by_hand in rows if status == Status.GRADE or not chosen_by_hand]
    graded = [entry for entry in among if entry.result.error is None] or entries[-1:]
    chosen = graded[0] if counts == "first" else graded[-1]
    if counts == "best":
        chosen = max(reversed(graded), key=lambda entry: entry.result.points)
    others = tuple(
        Replaced(one.result.submission, one.result.points, one.result.error)
        for one, status, _by_hand in rows
        if one is not chosen and status != Status.UNDECIDED
    )
    return replace(chosen, replaced=others, undecided=undecided)


def not_together(entry: Entry, sharing: Mapping[tuple[str, str], Sequence[tuple[str, str]]]) -> tuple[str, ...]:
    """Who else handed in the same file, but not together with this student."""
    result = entry.result
    several = sharing.get((result.lesson, entry.digest), ())
    together = {student for name, student in several if name == result.submission}
    return tuple(dict.fromkeys(student for _name, student in several if student not in together))

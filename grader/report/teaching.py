"""A class -> what a lecture can take from it: no names, and groups under five only together with others. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from ..course import Lesson, current
from ..words import _, ngettext
from .board import note
from .classroom import Class, Common

# A smaller group may be recognised by those who know the class.
SMALLEST = 5


@dataclass(frozen=True)
class Card:
    """A mistake that enough students share: what the results show, and what to say or draw."""

    exercise: str
    title: str
    count: int
    shows: str
    board: str


@dataclass(frozen=True)
class Lecture:
    """One lesson's page for the lecture.

    rest    what is said of the groups too small to be shown
    right   (exercise, submissions that have it right, the same in words), smallest first
    """

    lesson: Lesson
    submissions: int
    about: str
    cards: tuple[Card, ...]
    rest: tuple[str, ...]
    right: tuple[tuple[str, int, str], ...]


def lecture(one: Class) -> Lecture:
    """What can be shown of a class; of one under five nothing can. Raises PackError."""
    submissions = len(one.graded)
    if submissions < SMALLEST:
        about = _("Fewer than {n} submissions: nothing can be shown without showing whose it is.").format(n=SMALLEST)
        return Lecture(one.lesson, submissions, about, (), (), ())
    about = _("{n} submissions").format(n=submissions)
    written = current().pack(one.lesson.name).board
    cards = tuple(_card(written, common) for common in one.misunderstood if _shown(common))
    small = [common for common in one.misunderstood if not _shown(common)]
    return Lecture(
        one.lesson, submissions, about, cards, tuple(_rest(small, bool(cards))), tuple(_right(one, submissions))
    )


def _shown(common: Common) -> bool:
    return len(common.students) >= SMALLEST


def _card(written: Mapping[str, str], common: Common) -> Card:
    board = note(written, common.exercise, common.cause)
    return Card(common.exercise, common.title, len(common.students), common.description, board)


def _rest(small: Sequence[Common], said_before: bool) -> Iterator[str]:
    """Small groups together: those of one exercise where that is enough, then all that are left."""
    left: list[Common] = []
    named = False
    for name, group in groupby(sorted(small, key=lambda common: common.exercise), key=lambda common: common.exercise):
        found = list(group)
        students = _students(found)
        if len(students) >= SMALLEST:
            said = _("In `{exercise}`, {n} submissions show known mistakes that fewer than {k} share.")
            yield said.format(exercise=name, n=len(students), k=SMALLEST)
            named = said_before = True
        else:
            left += found
    if len(students := _students(left)) >= SMALLEST:
        others = _("In the other exercises together, {n} submissions show known mistakes that fewer than {k} share.")
        together = _("Taken together, {n} submissions show known mistakes that fewer than {k} share.")
        yield (others if named else together).format(n=len(students), k=SMALLEST)
    elif left:
        others = _("In fewer than {k} submissions there are other known mistakes.")
        yield (others if said_before else _("In fewer than {k} submissions there are known mistakes.")).format(
            k=SMALLEST
        )


def _students(found: Iterable[Common]) -> set[str]:
    return {student for common in found for student in common.students}


def _right(one: Class, submissions: int) -> Iterator[tuple[str, int, str]]:
    """Shares that single nobody out: a few who are alone on one side count with the others."""
    for standing in sorted(one.standings, key=lambda standing: standing.right):
        yield (standing.exercise.name, *_rounded(standing.right, submissions))


def _rounded(right: int, submissions: int) -> tuple[int, str]:
    if right < SMALLEST:
        return 0, _("fewer than {k}").format(k=SMALLEST)
    if submissions - right < SMALLEST:
        return submissions, _("all or nearly all")
    return right, ngettext("{n} of {all}", "{n} of {all}", right).format(n=right, all=submissions)

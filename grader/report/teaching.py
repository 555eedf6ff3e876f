"""A class -> what a lecture can take from it: no names, and small groups only together with others. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from ..course import Lesson, current
from ..course.packs.reader import Pack
from ..course.policy import SMALLEST
from ..words import _, ngettext
from .board import note
from .classroom import Class, Common
from .themes import THEMES, Theme, theme, theme_of


@dataclass(frozen=True)
class Card:
    """A mistake that enough students share: what the results show, and what to say or draw."""

    exercise: str
    title: str
    count: int
    shows: str
    board: str


@dataclass(frozen=True)
class Shared:
    """A theme that enough submissions share, whatever each of them did; `exercises` are those in which enough of them did it."""

    theme: Theme
    count: int
    exercises: tuple[str, ...]


@dataclass(frozen=True)
class Lecture:
    """One lesson's page for the lecture.

    themes  what several mistakes have in common, where no single one is frequent enough to say all that may be said
    rest    what is said of the groups too small to be shown
    right   (exercise, submissions that have it right, the same in words), smallest first
    """

    lesson: Lesson
    submissions: int
    about: str
    cards: tuple[Card, ...]
    themes: tuple[Shared, ...]
    rest: tuple[str, ...]
    right: tuple[tuple[str, int, str], ...]


def lecture(one: Class, smallest: int = SMALLEST) -> Lecture:
    """What can be shown of a class; of one with fewer submissions than `smallest` nothing can. Raises PackError."""
    submissions = len(one.graded)
    if submissions < smallest:
        about = _("Fewer than {n} submissions: nothing can be shown without showing whose it is.").format(n=smallest)
        return Lecture(one.lesson, submissions, about, (), (), (), ())
    about = _("{n} submissions").format(n=submissions)
    pack = current().pack(one.lesson.name)
    frequent = [common for common in one.misunderstood if len(common.students) >= smallest]
    shared = dict(_shared(one.misunderstood, pack.themes, frequent, smallest))
    small = [
        common
        for common in one.misunderstood
        if common not in frequent and theme_of(pack.themes, common.exercise, common.cause) not in shared
    ]
    cards = tuple(_card(pack, common) for common in frequent)
    ranked = sorted(shared, key=lambda name: (-shared[name].count, list(THEMES).index(name)))
    rest = [*_nothing_shared(one, bool(cards or shared), smallest), *_rest(small, bool(cards or shared), smallest)]
    right = tuple(_right(one, submissions, smallest))
    return Lecture(one.lesson, submissions, about, cards, tuple(shared[name] for name in ranked), tuple(rest), right)


def _shared(
    every: Sequence[Common], written: Mapping[str, str], frequent: Sequence[Common], smallest: int
) -> Iterator[tuple[str, Shared]]:
    """{theme: what is said of it}: of those who have it, enough must have none of its frequent mistakes, which have cards.

    Else the difference between two numbers would tell of a few.
    """
    for name in THEMES:
        of = [common for common in every if theme_of(written, common.exercise, common.cause) == name]
        with_card = _students(common for common in of if common in frequent)
        rare = [common for common in of if common not in frequent]
        if len(_students(rare) - with_card) >= smallest:
            yield name, Shared(theme(name), len(_students(of)), tuple(_where(rare, smallest)))


def _where(found: Sequence[Common], smallest: int) -> Iterator[str]:
    """The exercises in which enough submissions have one of these mistakes."""
    for exercise in dict.fromkeys(common.exercise for common in found):
        if len(_students(common for common in found if common.exercise == exercise)) >= smallest:
            yield exercise


def _nothing_shared(one: Class, something: bool, smallest: int) -> Iterator[str]:
    if one.misunderstood and not something:
        said = _(
            "No mistake, and no theme of several, is shared by {k} submissions or more, the smallest group that identifies nobody. "
            "What may be shown is how many have each exercise right."
        )
        yield said.format(k=smallest)


def _card(pack: Pack, common: Common) -> Card:
    name = theme_of(pack.themes, common.exercise, common.cause)
    board = note(pack.board, common.exercise, common.cause, theme(name).draw if name else "")
    return Card(common.exercise, common.title, len(common.students), common.description, board)


def _rest(small: Sequence[Common], said_before: bool, smallest: int) -> Iterator[str]:
    """Small groups together: those of one exercise where that is enough, then all that are left."""
    left: list[Common] = []
    named = False
    for name, group in groupby(sorted(small, key=lambda common: common.exercise), key=lambda common: common.exercise):
        found = list(group)
        students = _students(found)
        if len(students) >= smallest:
            said = _("In `{exercise}`, {n} submissions show known mistakes that fewer than {k} share.")
            yield said.format(exercise=name, n=len(students), k=smallest)
            named = said_before = True
        else:
            left += found
    if len(students := _students(left)) >= smallest:
        others = _("In the other exercises together, {n} submissions show known mistakes that fewer than {k} share.")
        together = _("Taken together, {n} submissions show known mistakes that fewer than {k} share.")
        yield (others if named else together).format(n=len(students), k=smallest)
    elif left:
        others = _("In fewer than {k} submissions there are other known mistakes.")
        yield (others if said_before else _("In fewer than {k} submissions there are known mistakes.")).format(
            k=smallest
        )


def _students(found: Iterable[Common]) -> set[str]:
    return {student for common in found for student in common.students}


def _right(one: Class, submissions: int, smallest: int) -> Iterator[tuple[str, int, str]]:
    """Shares that single nobody out: a few who are alone on one side count with the others."""
    for standing in sorted(one.standings, key=lambda standing: standing.right):
        yield (standing.exercise.name, *_rounded(standing.right, submissions, smallest))


def _rounded(right: int, submissions: int, smallest: int) -> tuple[int, str]:
    if right < smallest:
        return 0, _("fewer than {k}").format(k=smallest)
    if submissions - right < smallest:
        return submissions, _("all or nearly all")
    return right, ngettext("{n} of {all}", "{n} of {all}", right).format(n=right, all=submissions)

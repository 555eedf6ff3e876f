"""Which exercises a class from another course was asked for: decided once, then changed only by the instructor."""

from __future__ import annotations

from ..course import lesson_names, load_lesson
from ..marks import ENOUGH, commonly_defined
from .damage import GradebookError
from .store import Gradebook

EVERYTHING = "all"


def known_names(asked: str) -> frozenset[str] | None:
    """The exercises named in `--asked`, None for all. Raises GradebookError where one is of no lesson."""
    if asked == EVERYTHING:
        return None
    names = frozenset(filter(None, map(str.strip, asked.split(","))))
    every = {exercise.name for lesson in lesson_names() for exercise in load_lesson(lesson).exercises}
    if wrong := sorted(names - every):
        raise GradebookError(
            f"--asked: {wrong[0]} is not an exercise of any lesson; write all, or names separated by commas"
        )
    return names


def settle(book: Gradebook, asked: str | None = None) -> None:
    """Decide for each lesson of this run what counts, where that can be decided.

    asked    what the instructor says: all, or names of exercises. Raises GradebookError.
    """
    names = known_names(asked) if asked else None
    for lesson in map(load_lesson, book.expected_lessons()):
        if asked:
            own = tuple(one.name for one in lesson.exercises if names and one.name in names)
            if own or names is None:
                book.decide(lesson.name, own or None)
        elif not book.asked_of(lesson.name).decided:
            common, count = commonly_defined(lesson, book.results(lesson.name))
            # Where nothing is common to enough of them, nothing says what was asked.
            if common and count >= ENOUGH:
                book.decide(lesson.name, common)

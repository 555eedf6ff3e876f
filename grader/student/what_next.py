"""What a student can do next in a lesson, said under its summary."""

from __future__ import annotations

from collections.abc import Sequence

from ..course import ExerciseResult, Lesson, lesson_names, load_lesson
from ..words import _
from ..words.place import here
from .attempts import GOING_ON


def what_next(lesson: Lesson, results: Sequence[ExerciseResult]) -> list[str]:
    """The exercise to go on with, or what comes after the lesson; and that these are practice points."""
    # Extra ones come last: nobody needs them.
    in_order = sorted(results, key=lambda result: lesson.exercise(result.name).is_extra)
    unfinished = next((r for r in in_order if r.status not in GOING_ON), None)
    hunting: list[str] = []
    borrowed = next((r for r in results if r.status == "borrowed"), None)
    if unfinished is not None:
        first = _("Next: `{name}`.").format(name=unfinished.name)
    elif borrowed is not None:
        first = _("Next: write your own `{name}`, which is borrowed now.").format(name=borrowed.name)
    else:
        first = _("Everything in this lesson is right. Well done.") + _next_lesson(lesson)
        largest = max(lesson.exercises, key=lambda one: one.max_points).name
        hunting = [_('Care for a bug hunt in your own code? `hunt = check.hunt("{name}")`').format(name=largest)]
    return [
        first,
        *hunting,
        _("These points are practice points, for the functions as they run now.")
        + " "
        + here(
            "hand_in",
            _("Before you hand in: Kernel, Restart and Run All, then save, so that the file holds what you see."),
        ),
    ]


def _next_lesson(lesson: Lesson) -> str:
    following = lesson_names()[lesson_names().index(lesson.name) + 1 :]
    if not following:
        return " " + _("It was the last one: you have built it all by hand.")
    after = load_lesson(following[0])
    said = _("The next lesson is {number:02}, {title}: `{file}`.")
    in_jupyter = said.format(number=after.number, title=_(after.title), file=f"{after.folder}/{after.name}.ipynb")
    return " " + here("next_lesson", in_jupyter)

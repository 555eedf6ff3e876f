"""One student's result -> what is the same in several exercises, said once: the theme that their reasons share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..course import Exercise, ExerciseResult, Lesson, Result, current
from ..judging.quantity_words import without_line
from ..show import explanation
from ..words import _
from .themes import THEMES, theme, theme_of

# What is left out of two formulas need not be one belief.
_TOO_WIDE = "formula"


def recurring(lesson: Lesson, result: Result) -> list[str]:
    """A sentence for each theme that the reasons of two or more exercises have, the most frequent first.

    It is of visible cases alone, and of reasons that are told below: so nothing is said here that is not said there.
    Raises PackError.
    """
    causes = {one.name: found for one in result.exercises if (found := set(_told(lesson.exercise(one.name), one)))}
    if len(causes) < 2:
        return []
    written = current().pack(lesson.name).themes
    having: defaultdict[str, list[str]] = defaultdict(list)
    for exercise, found in causes.items():
        for name in {theme_of(written, exercise, cause) for cause in found} - {"", _TOO_WIDE}:
            having[name].append(exercise)
    ranked = sorted(having, key=lambda name: (-len(having[name]), list(THEMES).index(name)))
    return [_sentence(name, having[name]) for name in ranked if len(having[name]) > 1]


def _told(exercise: Exercise, result: ExerciseResult) -> Iterator[str]:
    """The cause that is told for each output: that of its first visible case that is not right."""
    for output in result.outputs:
        found = next((f for case in result.cases if case.visible and (f := case.finding(output))), None)
        if found and found.misconception and explanation(exercise, found):
            yield without_line(found.misconception)


def _sentence(name: str, exercises: list[str]) -> str:
    said = theme(name)
    among = ", ".join(f"`{exercise}`" for exercise in exercises)
    return _("The same kind of mistake in {exercises}: {title}. {why}").format(
        exercises=among, title=said.title, why=said.why
    )

"""One submission's mark as Gradescope's results.json: a scored test for each output, and what its cases say.

What the visible cases say is shown at once; scores, which come from hidden cases, once grades are published; what the
hidden cases say, once grades are published and the round is closed. Before that it is for instructors alone, and is no
test at all: where a test is "hidden", Gradescope keeps the whole score from the student.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from ..course import Exercise, ExerciseResult, Lesson, load_lesson
from ..marks import Mark
from ..show import rows, rows_as_text, short
from ..words import _, harmless
from ..words.numbers import number
from .recurring import recurring
from .shown import shown

SHOWN, PUBLISHED, HIDDEN = "visible", "after_published", "hidden"


def render(mark: Mark, closed: bool) -> str:
    """The text of results.json."""
    return json.dumps(as_object(mark, closed), ensure_ascii=False, indent=1)


def as_object(mark: Mark, closed: bool) -> dict[str, Any]:
    if mark.result.error is not None:
        return problem(_("This file could not be graded: {reason}").format(reason=mark.result.error))
    mark = shown(mark, closed)
    lesson = load_lesson(mark.result.lesson)
    tests = [test for one in mark.result.exercises for test in _tests(lesson, one, mark)]
    tests += _by_a_person(mark)
    return _object(mark.final, _about(lesson, mark), tests)


def problem(message: str) -> dict[str, Any]:
    """The object for a submission that could not be graded."""
    return _object(0, message, [])


def _object(score: float, output: str, tests: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {
        # Gradescope wants it where not every test has a score.
        "score": score,
        "visibility": SHOWN,
        "stdout_visibility": HIDDEN,
        # Without these it takes the text above the tests for HTML; what a student wrote is in it.
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "output": harmless(output),
        "tests": list(tests),
    }


def for_instructors(mark: Mark) -> Iterator[str]:
    """What the hidden cases say, as lines of text, for the output that only instructors see."""
    for one in mark.result.in_full().exercises:
        if hidden := _hidden_lines(load_lesson(mark.result.lesson).exercise(one.name), one):
            yield from (_("{name}: hidden cases").format(name=one.name), *(f"    {line}" for line in hidden), "")


def _about(lesson: Lesson, mark: Mark) -> str:
    said = _(
        "Points come from hidden cases and are shown when your teacher publishes them. The practice tests are those of `check`."
    )
    return "\n".join(filter(None, [said, mark.timing, *recurring(lesson, mark.result)]))


def _tests(lesson: Lesson, result: ExerciseResult, mark: Mark) -> Iterator[dict[str, Any]]:
    exercise = lesson.exercise(result.name)
    yield _practice(exercise, result)
    for output, (points, most) in _scores(result, mark).items():
        if most:
            yield {"name": f"{result.name}: {output}", "score": points, "max_score": most, "visibility": PUBLISHED}
    if lines := _hidden_lines(exercise, result):
        yield _test(_("{name}: hidden cases").format(name=result.name), PUBLISHED, "failed", lines)


def _hidden_lines(exercise: Exercise, result: ExerciseResult) -> list[str]:
    """What the hidden cases say, where one is not right."""
    hidden = tuple(case for case in result.cases if not case.visible)
    if all(case.passed for case in hidden):
        return []
    return list(rows_as_text(rows(exercise, replace(result, cases=hidden))))


def _practice(exercise: Exercise, result: ExerciseResult) -> dict[str, Any]:
    """The test of the visible cases."""
    name = _("{name}: practice").format(name=result.name)
    seen = replace(result, cases=tuple(case for case in result.cases if case.visible))
    if all(case.passed for case in seen.cases):
        return _test(name, SHOWN, "passed", [_("right in every visible case")])
    return _test(name, SHOWN, "failed", rows_as_text(rows(exercise, seen)))


def _scores(result: ExerciseResult, mark: Mark) -> dict[str, tuple[float, int]]:
    """{output: (points, most)}; what the instructor set is for the exercise as a whole."""
    set_to = mark.override(result.name)
    if set_to:
        return {_("set by your teacher"): (set_to.points, result.max_points)}
    return {short(output): points for output, points in result.outputs.items()}


def _by_a_person(mark: Mark) -> Iterator[dict[str, Any]]:
    """What a person gave beside the exercises, with the reasons; the score above holds it already."""
    for part in mark.parts:
        points, reason = (part.given.points, part.given.reason) if part.given else (0, _("not marked yet"))
        made = {"name": part.name, "score": points, "max_score": part.most, "visibility": PUBLISHED}
        yield made | {"output": harmless(reason)}
    for one in (*mark.bonuses, *((mark.whole,) if mark.whole else ())):
        said = _("{points} points: {reason}").format(points=number(one.points), reason=one.reason)
        named = _("the whole submission") if one.kind == "whole" else one.exercise
        yield {"name": named, "visibility": PUBLISHED, "output": harmless(said)}


def _test(name: str, visibility: str, status: str, lines: Sequence[str]) -> dict[str, Any]:
    return {"name": name, "status": status, "visibility": visibility, "output": harmless("\n".join(lines))}

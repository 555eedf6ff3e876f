"""The tables of what each lesson asks for are what the declarations say."""

from pathlib import Path

import pytest

from grader import lesson_names, load_lesson

ROOT = Path(__file__).parents[1]
LESSONS = [load_lesson(name) for name in lesson_names()]
each_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)


def kind(exercise):
    return " (warm-up)" if exercise.warm_up else " (extra)" if exercise.is_extra else ""


def row(lesson):
    """The row of docs/functions.md for a lesson: its functions, and what only this course asks of them."""
    names = ", ".join(f"`{exercise.name}`{kind(exercise)}" for exercise in lesson.exercises)
    ours = [f"`{e.name}`: {', '.join(o for o in e.points if o in e.ours)}" for e in lesson.exercises if e.ours]
    return f"| {lesson.number:02} `{lesson.name}` | {names} | {'; '.join(ours) or '–'} |"


@each_lesson
def test_the_page_of_functions_has_the_declared_ones(lesson):
    assert row(lesson) in (ROOT / "docs" / "functions.md").read_text(encoding="utf-8").splitlines()


@each_lesson
def test_the_readme_has_the_number_of_exercises(lesson):
    kinds = [kind(exercise) for exercise in lesson.exercises]
    counts = [str(kinds.count(""))] + [
        f"{kinds.count(f' ({k})')} {k}" for k in ("warm-up", "extra") if f" ({k})" in kinds
    ]
    rows = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    (line,) = [line for line in rows if line.startswith(f"| {lesson.number:02} {lesson.title} |")]
    assert line.endswith(f"| {' + '.join(counts)} |")


@each_lesson
def test_the_readme_names_what_is_graded(lesson):
    line = f"| `{lesson.name}` | {', '.join(f'`{exercise.name}`' for exercise in lesson.exercises)} |"
    assert line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines()

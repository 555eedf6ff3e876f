"""What this course promises beyond the laws of every course (`pytest course.toml`): 100 points a lesson, and shapes that tell."""

import numpy as np
import pytest

from grader.authoring import build
from grader.authoring.laws.exercises import SEEDS, hidden, visible
from grader.authoring.laws.handwritten import exercise_of, files
from grader.course import Case
from grader.student.hints import hints

LESSONS = build.lessons()
EXERCISES = [
    pytest.param(lesson, exercise, id=f"{lesson.name}-{exercise.name}")
    for lesson in LESSONS
    for exercise in lesson.exercises
]
each_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
each_exercise = pytest.mark.parametrize(("lesson", "exercise"), EXERCISES)
each_seed = pytest.mark.parametrize("seed", SEEDS, ids="seed {}".format)


def numbers(value):
    """Every array and number in the arguments of a case."""
    if isinstance(value, Case):
        return numbers([value.args, dict(value.kwargs), {n: g.data for n, g in value.given.items()}])
    if isinstance(value, dict):
        return numbers(list(value.values()))
    if isinstance(value, (list, tuple)):
        return [found for item in value for found in numbers(item)]
    return [] if value is None or isinstance(value, str) else [np.asarray(value)]


@each_lesson
def test_points_of_a_lesson_sum_to_100(lesson):
    assert lesson.max_points == 100


@each_seed
@each_exercise
def test_no_input_is_square_but_where_a_label_says_so(lesson, exercise, seed):
    drawn = [reference for reference in hidden(lesson, exercise, seed) if "of one size" not in reference.case.label]
    assert len(drawn) >= 2
    for reference in drawn:
        for array in numbers(reference.case):
            # A filter is square by its definition: its two sides count as one.
            filters = lesson.name == "cnn" and array.ndim > 2 and array.shape[0] == array.shape[1]
            # So is what says of each word of a text, or each feature, how it goes with each.
            pairs = lesson.name == "attention" and array.ndim > 1 and array.shape[-2] == array.shape[-1]
            sizes = [size for size in array.shape[filters : array.ndim - pairs] if size > 1]
            assert len(sizes) == len(set(sizes)), f'case "{reference.case.label}": shape {array.shape}'


@each_exercise
def test_cases_differ_in_shape_or_size(lesson, exercise):
    seen = [reference.case for reference in visible(lesson, exercise)]
    # Where all is text, the texts differ.
    sizes = {tuple(a.shape or a.item() for a in numbers(case)) or str(case.args) for case in seen}
    assert len(sizes) == len(seen)


@each_exercise
def test_every_exercise_has_two_or_three_hints(lesson, exercise):
    assert len(hints(lesson, exercise.name)) in (2, 3)


# ---- solutions by hand


@each_lesson
def test_every_exercise_has_at_least_two_right_solutions(lesson):
    written = [exercise_of(file) for file in files(lesson, "right")]
    assert {exercise.name for exercise in lesson.exercises if written.count(exercise.name) < 2} == set()


def test_every_lesson_has_wrong_solutions():
    written = [files(lesson, "wrong") for lesson in LESSONS]
    assert all(written)
    assert sum(map(len, written)) >= 300

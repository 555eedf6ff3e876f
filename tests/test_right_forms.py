"""DESIGN's list of equally right forms, one law each, over all exercises: these pass, and nothing looser does."""

from dataclasses import replace

import numpy as np
import pytest

from grader.course import lesson_names, load_lesson
from grader.grading.solutions import module_of
from grader.judging.points import Played, judged
from grader.judging.references import read_references
from grader.running.calling import call

EXERCISES = [
    pytest.param(lesson, exercise, id=f"{lesson.name}::{exercise.name}")
    for lesson in map(load_lesson, lesson_names())
    for exercise in lesson.exercises
]
OF_ANY_NUMBER = {"normalize_inputs"}


def solved(lesson, exercise, case):
    """The outcome of the solution; one that returns more than is judged returns what is judged."""
    outcome = call(getattr(module_of(lesson), exercise.name), case)
    more = len(exercise.returns) == 1 and isinstance(outcome.value, tuple) and not exercise.observe
    return replace(outcome, value=outcome.value[0]) if more else outcome


def result(lesson, exercise, form):
    """The visible cases of the solution, its returned value in another form."""
    outcomes = [(r, solved(lesson, exercise, r.case)) for r in read_references(lesson, exercise)]
    return judged(exercise, [Played(r, replace(outcome, value=form(outcome.value))) for r, outcome in outcomes])


def each_array(value, form):
    """A value with every array in it in another form, and nothing else."""
    if isinstance(value, dict):
        return {key: each_array(inner, form) for key, inner in value.items()}
    if isinstance(value, (tuple, list)):
        return type(value)(each_array(inner, form) for inner in value)
    return form(value) if isinstance(value, np.ndarray) and value.ndim else value


def each(value, kind, form):
    """A value with everything of that kind in it in another form, the whole apart."""
    if isinstance(value, dict):
        return {key: each(inner, kind, form) for key, inner in value.items()}
    if isinstance(value, (tuple, list)):
        inner = [each(one, kind, form) for one in value]
        return form(inner) if isinstance(value, kind) else type(value)(inner)
    return value


@pytest.mark.parametrize(("lesson", "exercise"), EXERCISES)
def test_a_tuple_that_holds_the_value_is_not_the_value(lesson, exercise):
    if exercise.name in OF_ANY_NUMBER:
        pytest.skip("a tuple is asked for, of as many values as there are arguments")
    assert result(lesson, exercise, lambda value: (value,)).status != "passed"


@pytest.mark.parametrize(("lesson", "exercise"), EXERCISES)
def test_a_list_is_no_array(lesson, exercise):
    value = solved(lesson, exercise, read_references(lesson, exercise)[0].case).value
    if str(value) == str(each_array(value, np.ndarray.tolist)):
        pytest.skip("it returns no array")
    assert result(lesson, exercise, lambda value: each_array(value, np.ndarray.tolist)).status != "passed"


@pytest.mark.parametrize(("lesson", "exercise"), EXERCISES)
def test_a_tuple_where_a_list_is_asked_for_is_right(lesson, exercise):
    assert result(lesson, exercise, lambda value: each(value, list, tuple)).status == "passed"


@pytest.mark.parametrize(("lesson", "exercise"), EXERCISES)
def test_one_number_is_right_as_a_scalar_of_numpy_and_as_an_array_of_one(lesson, exercise):
    def numbers(value, form):
        if isinstance(value, dict):
            return {key: numbers(inner, form) for key, inner in value.items()}
        if isinstance(value, (tuple, list)):
            return type(value)(numbers(inner, form) for inner in value)
        return form(value) if isinstance(value, (float, np.floating)) else value

    for form in (np.float64, np.array):
        assert result(lesson, exercise, lambda value, form=form: numbers(value, form)).status == "passed"
    if exercise.exact:
        pytest.skip("its docstring says that a number comes back for a number")
    for form in (lambda x: np.array([x]), lambda x: np.array([[x]])):
        assert result(lesson, exercise, lambda value, form=form: numbers(value, form)).status == "passed"


@pytest.mark.parametrize(("lesson", "exercise"), [one for one in EXERCISES if not one.values[1].observe])
def test_a_value_more_than_is_asked_for_does_not_matter(lesson, exercise):
    def more(value):
        return (*value, "more") if len(exercise.returns) > 1 else (value, "more")

    assert result(lesson, exercise, more).status == "passed"

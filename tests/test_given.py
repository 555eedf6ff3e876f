"""What a lesson is given of earlier ones earns full marks there: one copy, held equal to the solutions."""

import inspect
from importlib import import_module
from pathlib import Path

import pytest

import nnlab.given
from grader import load_lesson, solutions
from grader.calling import call
from grader.judge import Played, exercise_result

FUNCTIONS = [
    pytest.param(load_lesson(lesson), function, id=f"{lesson}-{function.__name__}")
    for lesson in sorted(
        path.stem for path in Path(nnlab.given.__file__).parent.glob("*.py") if path.stem != "__init__"
    )
    for function in vars(import_module(f"nnlab.given.{lesson}")).values()
    if inspect.isfunction(function) and function.__module__ == f"nnlab.given.{lesson}"
]


@pytest.mark.parametrize(("lesson", "function"), FUNCTIONS)
def test_a_given_function_earns_full_marks_in_its_own_lesson(lesson, function):
    exercise = lesson.exercise(function.__name__)
    for seed in (solutions.VISIBLE_SEED, 1, 2):
        played = [Played(one, call(function, one.case)) for one in solutions.draw(lesson, exercise, seed)]
        assert exercise_result(exercise, played).status == "passed"


@pytest.mark.parametrize(("lesson", "function"), FUNCTIONS)
def test_a_given_function_takes_the_arguments_of_the_solution(lesson, function):
    solution = getattr(solutions.module_of(lesson), function.__name__)
    assert list(inspect.signature(function).parameters) == list(inspect.signature(solution).parameters)

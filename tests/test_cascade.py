"""Mistakes do not cascade: what fails only because of another exercise earns its own points, and the one cause is named."""

import pytest

import demo.sample_class as sample
from grader import solutions
from grader.grade import Round, Submission, grade
from grader.notebook import Cell
from grader.sandbox import Limits, Sandbox

LESSON = sample.LESSON
SOLVED = {cell.id: cell.source for cell in sample.solved().cells if cell.cell_type == "code"}
HEAD = "import numpy as np\nfrom nnlab.given import sigmoid"


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox() as opened:
        yield opened


def graded(sandbox, **changed):
    """The results of the solved lesson with some functions replaced, by exercise."""
    sources = [HEAD] + [changed.get(one.name, SOLVED[one.name]) for one in LESSON.exercises]
    cells = tuple(Cell(number, source) for number, source in enumerate(sources, 1))
    result = grade(Submission("a", "a", cells), Round(LESSON.name, 1, 5, Limits(seconds=2.0)), sandbox)
    return {one.name: one for one in result.exercises}


def edit(exercise, old, new):
    assert old in SOLVED[exercise]
    return SOLVED[exercise].replace(old, new)


def test_needs_are_read_off_the_solutions():
    needs = {one.name: solutions.needs(LESSON, one) for one in LESSON.exercises}
    assert needs["optimize"] == ("propagate",)
    assert set(needs["model"]) == {"initialize_with_zeros", "propagate", "optimize", "predict"}
    assert needs["propagate"] == needs["flatten_images"] == ()


def test_one_wrong_exercise_costs_its_own_points_only_and_is_named_as_the_one_cause(sandbox):
    results = graded(sandbox, propagate=edit("propagate", "dw = X @ (A - Y).T / m", "dw = X @ (A - Y).T"))
    assert results["propagate"].points == 14
    for dependent in ("optimize", "model"):
        assert results[dependent].points == results[dependent].max_points
        assert results[dependent].cascade_from == ("propagate",)


@pytest.mark.parametrize(
    "propagate", ["", "def propagate(w, b, X, Y):\n    raise NotImplementedError", "def propagate(:"]
)
def test_a_missing_blank_or_broken_exercise_does_not_cost_the_next_one(sandbox, propagate):
    results = graded(sandbox, propagate=propagate)
    assert results["propagate"].points == 0
    assert results["optimize"].points == results["optimize"].max_points


def test_what_is_wrong_itself_stays_wrong_with_stand_ins(sandbox):
    results = graded(
        sandbox,
        propagate=edit("propagate", "dw = X @ (A - Y).T / m", "dw = X @ (A - Y).T"),
        optimize=edit("optimize", 'w = w - learning_rate * grads["dw"]', 'w = w + learning_rate * grads["dw"]'),
    )
    assert results["optimize"].points < results["optimize"].max_points
    assert results["model"].points == results["model"].max_points
    assert set(results["model"].cascade_from) == {"propagate", "optimize"}


def test_a_stand_in_does_not_do_the_exercise_that_asks_it(sandbox):
    results = graded(sandbox, propagate="", optimize="def optimize(*a, **k):\n    return propagate(*a[:4])")
    assert results["optimize"].points == 0


@pytest.mark.parametrize(
    "arguments",
    [
        "w, b, X_train, Y_train, 10**12, learning_rate",
        "np.ones((10**5, 1)), b, np.ones((10**5, 10**5)), Y_train, 1, 0.1",
        "w, b, object(), lambda: 0, 1, 0.1",
        "w, b",
    ],
)
def test_strange_arguments_to_a_stand_in_cost_the_exercise_that_gives_them(sandbox, arguments):
    call = "optimize(w, b, X_train, Y_train, num_iterations, learning_rate, print_cost)"
    results = graded(
        sandbox,
        optimize="def optimize(*a, **k):\n    raise ValueError",
        model=edit("model", call, f"optimize({arguments})"),
    )
    assert results["model"].points == 0
    assert results["predict"].points == results["predict"].max_points

"""Mistakes do not cascade: what fails only because of another exercise earns its own points, and the one cause is named."""

import pytest

import demo.sample_class as sample
import making
from grader import load_lesson
from grader.grading import solutions
from grader.grading.grade import Round, Submission, grade
from grader.grading.seat import Seat
from grader.running.notebook import Cell, read_cells
from grader.sandbox import Limits, Sandbox

LESSON = sample.LESSON
SOLVED = making.solved(LESSON)
HEAD = "import numpy as np\nfrom nnlab.given import sigmoid"


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox() as opened:
        yield opened


def graded(sandbox, seconds=2.0, **changed):
    """The results of the solved lesson with some functions replaced, by exercise."""
    sources = [HEAD] + [changed.get(one.name, SOLVED[one.name]) for one in LESSON.exercises]
    cells = tuple(Cell(number, source) for number, source in enumerate(sources, 1))
    result = grade(Submission("a", "a", cells), Round(LESSON.name, 1, 5, Limits(seconds)), sandbox)
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


DEEP = load_lesson("deep_net")


def graded_deep(sandbox, **changed):
    sources = {**making.solved(DEEP), **changed}
    result = grade(Submission("a", "a", read_cells(making.notebook(sources)).cells), Round(DEEP.name, 1, 5), sandbox)
    return {one.name: one for one in result.exercises}


def test_an_exercise_without_points_takes_part(sandbox):
    results = graded_deep(sandbox, relu="def relu(Z):\n    return np.maximum(0.1 * Z, Z), Z")
    assert results["relu"].status == "failed"
    for name in ("linear_activation_forward", "L_model_forward"):
        assert (results[name].status, results[name].cascade_from) == ("passed", ("relu",))


def test_an_exercise_without_points_is_not_failed_for_the_fault_of_another(sandbox):
    results = graded_deep(sandbox, L_model_forward="def L_model_forward(X, parameters):\n    return X, []")
    assert (results["predict"].status, results["predict"].cascade_from) == ("passed", ("L_model_forward",))


def test_what_is_right_by_itself_and_breaks_its_caller_is_named(sandbox):
    emptying = (
        "def linear_backward(dZ, cache):\n"
        + """
    A_prev, W, b = cache
    m = A_prev.shape[1]
    made = W.T @ dZ, dZ @ A_prev.T / m, np.sum(dZ, axis=1, keepdims=True) / m
    dZ *= 0
    return made
"""
    )
    emptying_too = making.solved(DEEP)["relu_backward"].replace("dZ = dA * (Z > 0)", "dZ = dA\n    dZ[Z <= 0] = 0")
    results = graded_deep(sandbox, linear_backward=emptying, relu_backward=emptying_too)
    assert results["relu_backward"].status == results["linear_backward"].status == "passed"
    # Nobody lost a point, so students are told nothing; the instructor sees what the marks came from.
    hidden = results["L_model_backward"].hidden
    assert (hidden.status, hidden.cascade_from) == ("passed", ("relu_backward",))


def test_a_function_that_only_the_student_calls_is_replaced_too(sandbox):
    mine = (
        SOLVED["model"].replace("predict(", "own_predict(")
        + "\ndef own_predict(*a):\n    standardize(np.ones((1, 1)), 2.0)\n    return predict(*a)"
    )
    results = graded(sandbox, standardize="def standardize(X, max_value):\n    raise ValueError", model=mine)
    assert (results["model"].status, results["model"].cascade_from) == ("passed", ("standardize",))


def test_a_stand_in_does_not_do_the_exercise_that_asks_it(sandbox):
    results = graded(sandbox, propagate="", optimize="def optimize(*a, **k):\n    return propagate(*a[:4])")
    assert results["optimize"].points == 0


BY_A_LATER_ONE = {
    "initialize_with_zeros": "def initialize_with_zeros(dim):\n    found = model(np.zeros((dim, 1)), np.ones((1, 1)), np.zeros((dim, 1)), np.ones((1, 1)), 1, 0.0)\n    return found['w'], found['b']",
    "propagate": "def propagate(w, b, X, Y):\n    _, grads, costs = optimize(w, b, X, Y, 1, 0.0)\n    return grads, costs[0]",
}


@pytest.mark.parametrize("exercise", BY_A_LATER_ONE)
def test_an_exercise_is_not_answered_by_the_stand_in_of_a_later_one(sandbox, exercise):
    in_a_circle = graded(sandbox, **{exercise: BY_A_LATER_ONE[exercise]})
    assert in_a_circle[exercise].points == 0
    unfilled = graded(sandbox, **{exercise: BY_A_LATER_ONE[exercise], "optimize": "", "model": ""})
    assert unfilled[exercise].points == 0


@pytest.mark.parametrize("name", ["logistic_regression", "shallow_net", "deep_net", "cnn"])
def test_no_solution_needs_an_exercise_that_needs_it(name):
    lesson = load_lesson(name)
    needs = {one.name: set(solutions.needs(lesson, one)) for one in lesson.exercises}
    assert not [(one, other) for one in needs for other in needs[one] if one in needs[other]]


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
        seconds=0.5,
        optimize="def optimize(*a, **k):\n    raise ValueError",
        model=edit("model", call, f"optimize({arguments})"),
    )
    assert results["model"].points == 0
    assert results["predict"].points == results["predict"].max_points


def test_what_cannot_be_called_as_it_is_asked_is_not_tried_again_with_stand_ins(sandbox, monkeypatch):
    """It would compute all that it can be called for once more, and fail in the same cases."""
    played, play = [], Seat.play_helped

    def spied(seat, lesson, exercise, *more):
        played.append(exercise.name)
        return play(seat, lesson, exercise, *more)

    monkeypatch.setattr(Seat, "play_helped", spied)
    results = graded(sandbox, optimize=edit("optimize", "def optimize(w, b, X, Y,", "def optimize(w, b, X, Y, costs,"))
    assert results["optimize"].cases[0].findings[0].kind == "arguments"
    assert "optimize" not in played
    assert "model" in played

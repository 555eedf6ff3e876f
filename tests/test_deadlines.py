"""One deadline in CPU time and one on the clock for a call, an exercise and a submission, whatever is done in them."""

import pytest

from graded import LESSON
from grader.grading.grade import Round, Submission, cases, grade
from grader.running.notebook import Cell
from grader.sandbox import Limits
from making import solved

SOLVED = solved(LESSON)
SEED = 5


def graded(sandbox, own, limits):
    """{exercise: its result} of the solved lesson with some functions replaced."""
    sources = [source for name, source in SOLVED.items() if f"def {name}(" not in own]
    cells = tuple(Cell(number, source) for number, source in enumerate([*sources, own], 1))
    found = grade(Submission("a", "a", cells), Round(LESSON.name, 1, SEED, limits), sandbox)
    return {one.name: one for one in found.exercises}


# A right answer is asked for after each sleep, and none of them is too long.
SLEEPS_AND_ASKS = """
import time
def propagate(w, b, X, Y):
    return {"dw": np.zeros_like(w), "db": 7.0}, 7.0
def optimize(w, b, X, Y, num_iterations, learning_rate, print_cost=False):
    if propagate(w, b, X, Y)[1] == 7.0:
        return None
    while True:
        time.sleep(0.4)
        propagate(w, b, X, Y)
"""


def asleep(seconds):
    """Every exercise, right, after a sleep."""
    return "import time\n" + "\n".join(
        f"_{one.name} = {one.name}\ndef {one.name}(*a, **k):\n    time.sleep({seconds})\n    return _{one.name}(*a, **k)"
        for one in LESSON.exercises
    )


@pytest.mark.slow
@pytest.mark.usefixtures("impatient")
def test_sleeping_and_asking_in_turn_ends_with_the_time_of_the_exercise(sandbox):
    found = graded(sandbox, SLEEPS_AND_ASKS, Limits(0.5, total=20))
    assert found["optimize"].points == 0
    # They would have nothing left of the time for the notebook.
    neighbours = ("flatten_images", "standardize", "initialize_with_zeros", "predict")
    assert all(found[name].points == found[name].max_points for name in neighbours)


@pytest.mark.slow
def test_sleeping_in_every_call_ends_with_the_time_of_the_notebook(sandbox):
    found = graded(sandbox, asleep(4), Limits(0.1, total=4))
    assert {one.status for one in found.values()} == {"timeout"}
    assert list(found.values())[-1].cases[0].findings[0].message.startswith("the time for the whole notebook")


@pytest.mark.slow
@pytest.mark.usefixtures("impatient")
def test_a_submission_without_a_limit_of_its_own_has_one_by_default(sandbox):
    found = graded(sandbox, asleep(1.2), Limits(0.1))
    assert {one.status for one in found.values()} == {"timeout"}


# So often in one call, that of one case, that the limit there once was would have ended it.
ASKS_OFTEN = """
def propagate(w, b, X, Y):
    return None
def optimize(w, b, X, Y, num_iterations, learning_rate, print_cost=False):
    costs = []
    for _ in range(21_000 if X.flat[0] == FIRST else 0):
        propagate(w, b, X, Y)
    for i in range(num_iterations):
        grads, cost = propagate(w, b, X, Y)
        w = w - learning_rate * grads["dw"]
        b = b - learning_rate * grads["db"]
        if i % 100 == 0:
            costs.append(cost)
    return {"w": w, "b": b}, grads, costs
"""


@pytest.mark.slow
def test_a_right_exercise_may_ask_as_often_as_its_time_allows(sandbox):
    hidden = [one.case for one, is_visible in cases(LESSON, LESSON.exercise("optimize"), SEED) if not is_visible]
    found = graded(sandbox, f"FIRST = {float(hidden[0].args[2].flat[0])!r}\n{ASKS_OFTEN}", Limits())
    assert found["optimize"].points == found["optimize"].max_points


@pytest.mark.parametrize("body", ["pass", "time.sleep(9)"], ids=["computing", "asleep"])
def test_where_the_time_of_the_notebook_ends_a_call_that_is_what_is_said(sandbox, body):
    own = f"import time\ndef standardize(X, max_value):\n    while True:\n        {body}\n"
    found = graded(sandbox, own, Limits(5.0, total=2.0))
    said = found["standardize"].cases[0].findings[0].message
    assert said.startswith("the time for the whole notebook was used up")


def test_one_endless_exercise_costs_no_other_a_second_of_theirs(sandbox):
    own = "def standardize(X, max_value):\n    while True:\n        pass\n"
    found = graded(sandbox, own, Limits(0.3))
    assert {name for name, one in found.items() if one.points < one.max_points} == {"standardize"}
    assert found["standardize"].status == "timeout"

"""Which argument goes where: the student's parameters beside those of the exercise, in calls from either side."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course import Given, case, current, load_lesson
from grader.grading.solutions import module_of, signature_text
from grader.judging.references import read_references
from grader.running.calling import call
from grader.running.modules import student_names
from grader.running.notebook import Cell, define
from grader.running.signatures import (
    Contract,
    Signature,
    as_agreed,
    called_as,
    examples,
    lengths_alike,
    parsed,
    signature_of,
)

MODEL = Signature(("X", "Y", "n_h", "num_iterations", "print_cost"), {"num_iterations": 10_000, "print_cost": False})
UPDATE = Signature(("parameters", "grads", "learning_rate"), {"learning_rate": 1.2})
COST = Signature(("A2", "Y"))
CONTRACT = Contract(
    {"nn_model": MODEL, "update_parameters": UPDATE, "compute_cost": COST},
    {"learning_rate": 1.2, "parameters": {"W1": 3.0}, "num_iterations": 10_000},
)


def defined(source):
    names = student_names(current().library_in("shallow_net"))
    assert define([Cell(1, source)], names) == []
    return names


def called(exercise, source, *args, replaced=None, **kwargs):
    function = defined(source)[exercise]
    return call(function, case("any", *args, given=replaced or {}, **kwargs), exercise, CONTRACT)


@pytest.mark.parametrize(
    ("parameters", "value"),
    [
        ("X, Y, n_h, num_iterations=10000, print_cost=False", ("X", "Y", 4, 7, False)),
        ("X, Y, n_h, learning_rate, num_iterations=10000, print_cost=False", ("X", "Y", 4, 7, False)),
        ("X, Y, n_h, num_iterations, learning_rate, print_cost=False", ("X", "Y", 4, 7, False)),
        ("X, Y, n_h, num_iterations, print_cost", ("X", "Y", 4, 7, False)),
        ("a, b, c, learning_rate, num_iterations=10000, print_cost=False", ("X", "Y", 4, 7, False)),
    ],
)
def test_a_required_parameter_that_the_exercise_does_not_have_displaces_nothing(parameters, value):
    given_names = [name.split("=")[0] for name in parameters.split(", ") if "learning_rate" not in name]
    body = f"def nn_model({parameters}):\n    return {', '.join(given_names)}"
    assert called("nn_model", body, "X", "Y", 4, 7).value == value


@pytest.mark.parametrize(
    "parameters",
    [
        "X, Y, n_h, num_iterations, print_cost",
        "X, Y, n_h, *, num_iterations, print_cost=False",
        "X, Y, n_h, print_cost, num_iterations=10000",
        "X, Y, n_h, *, print_cost, num_iterations=10000",
        "X, Y, *, print_cost, n_h, num_iterations",
    ],
)
@pytest.mark.parametrize("passed", [{}, {"num_iterations": 7}])
def test_a_required_parameter_that_the_exercise_has_as_an_optional_one_gets_its_default(parameters, passed):
    source = f"def nn_model({parameters}):\n    return X, Y, n_h, num_iterations, print_cost"
    expected = ("X", "Y", 4, passed.get("num_iterations", 10_000), False)
    assert called("nn_model", source, "X", "Y", 4, **passed).value == expected
    assert called("nn_model", source, "X", "Y", 4, *passed.values()).value == expected


def test_a_misfit_says_what_is_asked_for_beside_what_there_is():
    message = called("compute_cost", "def compute_cost(A2):\n    return A2", 1, 2).message
    assert "(A2), asked for is (A2, Y)" in message


def test_a_required_learning_rate_gets_the_default_of_the_exercise():
    source = "def update_parameters(parameters, grads, learning_rate):\n    return parameters - learning_rate * grads"
    assert called("update_parameters", source, 5.0, 1.0).value == 3.8


@pytest.mark.parametrize("body", ["return A2 - Y", "W1 = parameters['W1']\n    return A2 - Y"])
def test_a_parameter_more_gets_a_value_of_the_lesson(body):
    assert called("compute_cost", f"def compute_cost(A2, Y, parameters):\n    {body}", 5, 3).value == 2


def test_a_parameter_that_nobody_knows_and_that_is_read_is_a_misfit():
    assert (
        called("compute_cost", "def compute_cost(A2, Y, secret):\n    return A2 + secret", 5, 3).problem == "arguments"
    )


def test_a_permuted_signature_is_named():
    outcome = called("compute_cost", "def compute_cost(Y, A2):\n    return A2 - Y", 5, 3)
    assert "(Y, A2); asked for is (A2, Y)" in outcome.order


@pytest.mark.parametrize("parameters", ["A2, Y", "a, y", "A2, Y, parameters", "A2, Y, lambd=0.1", "AL, Y"])
def test_another_name_is_no_other_order(parameters):
    assert called("compute_cost", f"def compute_cost({parameters}):\n    return A2", 5, 3).order == ""


# ---- calls of what takes the place of a student's function


def spy(_data, *args, **kwargs):
    return args, kwargs


@pytest.mark.parametrize(
    ("own", "use"),
    [
        ("A2, Y, parameters", "compute_cost(5, 3, {})"),
        ("A2, Y, parameters", "compute_cost(5, 3, parameters={})"),
        ("parameters, A2, Y", "compute_cost({}, 5, 3)"),
        ("A2, Y", "compute_cost(Y=3, A2=5)"),
        ("a, y", "compute_cost(y=3, a=5)"),
    ],
)
def test_a_right_function_gets_what_the_exercise_takes(own, use):
    source = f"def compute_cost({own}):\n    return 0\ndef nn_model(X):\n    return {use}"
    assert called("nn_model", source, 1, replaced={"compute_cost": Given(spy)}).value == ((5, 3), {})


@pytest.mark.parametrize(
    "use", ["compute_cost(5)", "compute_cost(5, 3)", "compute_cost(5, 3, 1, 2)", "compute_cost(5, 3, p=1)"]
)
def test_a_call_that_does_not_fit_the_students_own_definition_raises_as_it_would(use):
    source = f"def compute_cost(A2, Y, parameters):\n    return 0\ndef nn_model(X):\n    return {use}"
    outcome = called("nn_model", source, 1, replaced={"compute_cost": Given(spy)})
    assert outcome.problem == "raised"
    assert "TypeError" in outcome.message
    assert "`compute_cost(A2, Y, parameters)`" in outcome.message
    assert "spy" not in outcome.message


def two_waves(_data, x, y):
    return x + y


@pytest.mark.parametrize("use", ["forward()", "forward(1)", "forward(1, 2, 3)", "forward(1, z=2)", "forward(x=1)"])
@pytest.mark.parametrize("own", ["", "def forward(x, y):\n    return 0\n"])
def test_the_name_of_a_replacement_is_in_no_message(use, own):
    outcome = called("nn_model", f"{own}def nn_model(X):\n    return {use}", 1, replaced={"forward": Given(two_waves)})
    assert outcome.problem == "raised"
    assert not [word for word in ("two_waves", "_data", "called", "stand_in") if word in outcome.message]
    assert "forward" in outcome.message


@given(st.lists(st.sampled_from("abcdef"), unique=True, min_size=1), st.data())
def test_an_own_function_of_the_same_parameters_passes_all_on(names, data):
    own = eval(f"lambda {', '.join(names)}: None")
    split = data.draw(st.integers(0, len(names)))
    args, kwargs = tuple(names[:split]), {name: name for name in names[split:]}
    assert as_agreed("f", called_as(own, Signature(tuple(names))), Signature(tuple(names)), (args, kwargs)) == (
        tuple(names),
        {},
    )


# ---- what a contract is made of


@pytest.mark.parametrize("lesson", ["numpy_basics", "shallow_net", "regularisation", "optimisation"])
def test_a_signature_is_that_of_the_solution(lesson):
    lesson = load_lesson(lesson)
    for exercise in lesson.exercises:
        signature = parsed(signature_text(lesson, exercise))
        code = getattr(module_of(lesson), exercise.name).__code__
        assert signature.names[: code.co_argcount] == code.co_varnames[: code.co_argcount]
        first = read_references(lesson, exercise)[0].case
        assert len(first.args) <= len(signature.names) or code.co_flags & 4


def test_a_default_is_an_example_before_what_a_call_passes_and_data_sets_are_none():
    known = examples([UPDATE, COST], [{"learning_rate": 0.5, "A2": 1.0, "X": np.zeros(10_000)}])
    assert known == {"learning_rate": 1.2, "A2": 1.0}


@given(st.lists(st.sampled_from("abcd"), unique=True), st.integers(0, 4), st.integers(0, 5))
def test_arguments_by_position_stay_as_they_are_where_both_signatures_are_alike(names, optional, passed):
    texts = [f"{name}=0" if place >= optional else name for place, name in enumerate(names)]
    agreed, own = Signature(tuple(names)), signature_of(eval(f"lambda {', '.join(texts)}: 0"))
    if passed in lengths_alike(own, agreed):
        assert as_agreed("f", own, agreed, (tuple(range(passed)), {})) == (tuple(range(passed)), {})

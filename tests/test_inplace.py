"""A function that changes what it is given: no mistake of its own, and named where it breaks its caller."""

import numpy as np
import pytest

from grader import load_lesson
from grader.course import case
from grader.running.calling import call
from grader.student.check import Check
from making import edited, functions, solved
from test_forms import in_grade

DEEP = load_lesson("deep_net")
OVERWRITING = ("dZ = dA * (Z > 0)", "dZ = dA\n    dZ[Z <= 0] = 0")


def shown(sources, name, capsys):
    Check(DEEP, functions(sources, DEEP))(name)
    return " ".join(capsys.readouterr().out.split())


@pytest.fixture
def overwriting():
    return edited(solved(DEEP), "relu_backward", *OVERWRITING)


def test_the_function_itself_is_right(overwriting):
    names = functions(overwriting, DEEP)
    assert Check(DEEP, names).result("relu_backward").status == "passed"


def test_check_names_what_breaks_the_caller(overwriting, capsys):
    said = shown(overwriting, "L_model_backward", capsys)
    assert "`relu_backward` changes an array that it is given, and `L_model_backward` needs it again" in said


def test_in_grade_the_caller_is_right_with_a_right_function_which_is_named(overwriting, sandbox):
    result = in_grade(DEEP, overwriting, "L_model_backward", sandbox)
    assert (result.status, result.points) == ("passed", 14)
    assert (result.hidden.status, result.hidden.cascade_from) == ("passed", ("relu_backward",))


def test_a_caller_that_is_wrong_for_another_reason_is_not_said_to_be_broken_by_a_change(overwriting, capsys):
    sources = edited(overwriting, "L_model_backward", "dA = -Y /", "dA = 2 - Y /")
    assert "changes an array" not in shown(sources, "L_model_backward", capsys)


def test_a_change_that_breaks_nothing_is_not_mentioned(capsys):
    sources = edited(solved(DEEP), "update_parameters", "parameters = dict(parameters)", "parameters = parameters")
    sources = edited(sources, "L_layer_model", "if i % 100 == 0", "if i % 99 == 0")
    assert "changes an array" not in shown(sources, "L_layer_model", capsys)


@pytest.mark.parametrize(
    ("change", "noticed"),
    [
        ("X += 1", True),
        ("X[0] = np.nan", True),
        ("grads['dW'] = 0", True),
        ("grads['dW'][0] = 7", True),
        ("del grads['dW']", True),
        ("sizes.append(3)", True),
        ("X = X + 1", False),
        ("grads = {}", False),
        ("sizes.sort()", False),
    ],
)
def test_a_change_of_an_argument_is_noticed(change, noticed):
    names = {"np": np}
    exec(f"def f(X, grads, sizes):\n    {change}", names)
    assert call(names["f"], case("any", np.ones(3), {"dW": np.zeros(2)}, [1, 2])).changed is noticed

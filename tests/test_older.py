"""What another numpy allows: a notebook has one mark on every supported numpy, and a note says what to change."""

import numpy as np
import pytest

from grader.course import case, current, load_lesson
from grader.grading.grade import Round, Submission, grade
from grader.running.calling import call
from grader.running.modules import student_names
from grader.running.notebook import Cell, define, read_cells
from making import edited, notebook, solved

ONE = np.ones((1, 1, 1))


def outcome(body, *args, before=""):
    names = student_names(current().library_in("deep_net"))
    source = f"import math\nfrom math import sqrt\nimport numpy as np\n{before}\ndef f(x):\n"
    assert define([Cell(1, source + "".join(f"    {line}\n" for line in body.splitlines()))], names) == []
    return call(names["f"], case("any", *args))


@pytest.mark.parametrize(
    ("body", "value"),
    [
        ("return float(x)", 1.0),
        ("return int(x) + sqrt(x) + math.exp(x - 1)", 3.0),
        ("return 'cost %i: %f' % (1, x)", "cost 1: 1.000000"),
        ("Z = np.zeros(2)\nZ[0] = x\nZ[1] += x\nreturn Z.sum()", 2.0),
        ("Z = np.zeros((1, 2))\nZ[:, 0:1] = x[0]\nreturn Z.sum()", 1.0),
        ("return np.sum(v for v in [1.0, 2.0])", 3.0),
        ("return np.product(np.ones(3)) + np.float_(1) + np.asscalar(x)", 3.0),
        ("return np.concat([x[0, 0], x[0, 0]]).sum()", 2.0),
        ("return isinstance(float(x), float) and np.zeros(2, dtype=float).dtype == float", True),
    ],
)
def test_what_one_numpy_allows_is_right_on_every_one(body, value):
    assert outcome(body, ONE).value == value


def test_what_a_container_holds_stays_an_array():
    value = outcome("d = {}\nd['k'] = x\nl = [0]\nl[0] = x\nd['cost'] = float(x)\nreturn d, l", ONE).value
    assert value[0]["k"].shape == value[1][0].shape == (1, 1, 1)


def test_the_note_names_the_line_and_the_function_that_returned_the_array():
    step = "def step(x):\n    return x * 2"
    found = outcome("Z = np.zeros(2)\nfor i in range(2):\n    Z[i] = step(x)\nreturn Z", ONE, before=step)
    assert found.value.tolist() == [2, 2]
    assert np.lib.NumpyVersion(np.__version__) < "2.4.0" or "`Z[i] = step(x)`" in found.notes[0]


@pytest.mark.parametrize(
    ("body", "part"),
    [("return np.float(3)", "`float`"), ("return np.product(x)", "`np.prod`"), ("return np.asscalar(x)", "a.item()")],
)
def test_the_note_says_what_stands_for_a_name(body, part):
    found = outcome(body, ONE)
    assert found.problem is None
    assert hasattr(np, body.split("np.")[1].split("(")[0]) or part in found.notes[0]


@pytest.mark.parametrize("body", ["return float(x)", "Z = np.zeros(2)\nZ[0] = x\nreturn Z", "return math.sqrt(x)"])
def test_an_array_of_several_entries_is_no_number(body):
    assert outcome(body, np.ones(3)).problem == "raised"


@pytest.mark.parametrize("body", ["return np.isscaler(x)", "return np.int33(x)", "return [][0]"])
def test_what_no_numpy_knows_is_an_error_as_before(body):
    found = outcome(body, ONE)
    assert (found.problem, found.notes) == ("raised", ())


def test_a_step_that_returns_an_array_of_one_entry_costs_nothing_where_it_is_put_into_one_entry(sandbox):
    lesson = load_lesson("cnn")
    sources = edited(solved(lesson), "conv_single_step", "b.item()", "b")
    result = grade(Submission("", "", read_cells(notebook(sources)).cells), Round("cnn", 1, 5), sandbox)
    statuses = {one.name: one.status for one in result.exercises if one.name in ("conv_single_step", "conv_forward")}
    assert statuses == {"conv_single_step": "passed", "conv_forward": "passed"}

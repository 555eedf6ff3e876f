"""What the functions of a notebook use is read off its source."""

import pytest

from grader.running.notebook import Cell
from grader.running.uses import absent_modules, reached


def cells(*sources):
    return [Cell(number, source) for number, source in enumerate(sources, 1)]


def test_what_is_called_by_what_is_called_is_reached():
    found = cells("def f(x):\n    return g(x)", "def g(x):\n    return h(x) + np.sum(x)", "def h(x): return x")
    assert {"g", "h", "np"} <= reached(found, "f")
    assert "f" not in reached(found, "g")


def test_the_last_definition_counts():
    assert "old" not in reached(cells("def f(): return old()", "def f(): return new()"), "f")


@pytest.mark.parametrize(
    ("source", "absent"),
    [
        ("from planar_utils import sigmoid", {"planar_utils"}),
        ("import dnn_utils as sigmoid", {"dnn_utils"}),
        ("from planar_utils import *", {"planar_utils"}),
        ("from planar_utils import load_data", set()),
        ("import numpy as sigmoid", set()),
        ("import matplotlib.pyplot as sigmoid", set()),
        ("from mine import sigmoid", set()),
        ("x = (", set()),
    ],
)
def test_a_module_is_missed_where_a_function_uses_it(source, absent):
    notebook = cells(source, "def f(x):\n    return sigmoid(x)")
    assert absent_modules(notebook, {"mine": ""}) == absent

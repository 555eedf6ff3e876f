"""Of the assignments of a notebook that compute something, those run while grading that an exercise needs."""

import ast
from pathlib import Path

import hypothesis
import numpy as np
import pytest
from hypothesis import strategies as st

from grader.course import current, load_lesson
from grader.grading.grade import Round, Submission, grade
from grader.running import computed
from grader.running.modules import student_names
from grader.running.notebook import Cell, define, read_cells, running, why_not_defined
from grader.student.check import Check
from making import notebook, solved

ROOT = Path(__file__).parents[1]
EXERCISES = ("relu", "L1")
IMPORTS = "import logging\nimport numpy as np\nfrom functools import partial"


def defined(*sources, happened=None):
    names = student_names(current().library_in("numpy_basics")) | {"happened": [] if happened is None else happened}
    cells = [Cell(number, source) for number, source in enumerate([IMPORTS, *sources], 1)]
    return names, define(cells, names, EXERCISES)


@pytest.mark.parametrize(
    "source",
    [
        "relu = partial(np.maximum, 0)",
        "zero = float(0)\ndef relu(x):\n    return np.maximum(zero, x)",
        "larger, smaller = partial(np.maximum), partial(np.minimum)\ndef relu(x):\n    return larger(0, x)",
        "class Box:\n    def of(self, x):\n        return np.maximum(x, LOW)\nLOW = min(0, 1)\ndef relu(x):\n    return Box().of(x)",
        "log = logging.getLogger('mine')\ndef relu(x):\n    log.debug('%s', x)\n    return np.maximum(x, 0)",
        "def relu(x):\n    relu.calls += 1\n    return np.maximum(x, 0)\nrelu.calls = 0",
        "from math import tanh as relu\ndef relu(x):\n    relu.calls += 1\n    return np.maximum(x, 0)\nrelu.calls = 0",
        "TABLE = dict()\nTABLE['low'] = 0\ndef relu(x):\n    return np.maximum(x, TABLE['low'])",
        "zeros = [0 for one in range(3)]\ndef relu(x):\n    return np.maximum(x, zeros[1])",
        "low = min(0, 1)\nlower = min(low, 2)\nrelu = lambda x: np.maximum(x, lower)",
    ],
)
def test_what_an_exercise_needs_is_computed(source):
    names, problems = defined(source)
    assert problems == []
    assert names["relu"](np.array([-1.0, 2.0])).tolist() == [0, 2]


NEEDED = "\ndef helper():\n    return made\ndef relu(x):\n    return helper()"


@pytest.mark.parametrize(
    "source",
    [
        "made = happened.append(1)",
        "happened[0] = happened.append(1)" + NEEDED,
        "made = happened.append(relu)" + NEEDED,
        "made = happened.append(train())\ndef train():\n    return happened.append(relu(1))" + NEEDED,
        "made = happened.append(open)" + NEEDED,
        "made = happened.append(np.load)" + NEEDED,
        "def data():\n    return np.loadtxt\nmade = happened.append(data)" + NEEDED,
        "other = relu\nmade = happened.append(other)" + NEEDED,
        "for made in [1]:\n    happened.append(1)" + NEEDED,
        "np.added = happened.append(1)\nmade = 1" + NEEDED,
        "made = 1\nhappened.append(1)" + NEEDED,
    ],
)
def test_what_none_needs_or_what_leads_to_an_exercise_or_a_file_never_runs(source):
    happened = []
    defined(source, happened=happened)
    assert happened == []


def test_what_is_needed_runs_in_its_place():
    names, _ = defined("low = min(5, 6)", "relu = partial(np.maximum, low)\nlow = min(1, 2)")
    assert names["relu"](2) == 5


def test_an_assignment_that_fails_costs_its_own_names_and_is_quoted():
    names, (problem,) = defined("one = 1 / len([])", "def relu(x):\n    return one\ndef L1(a, b):\n    return 3")
    assert problem.names == ("one",)
    assert "`one = 1 / len([])`" in problem.message
    assert names["L1"](1, 2) == 3


def test_only_what_does_not_run_is_said_not_to_run():
    cells = [Cell(1, "relu = make()"), Cell(2, "L1 = make(relu)")]
    assert why_not_defined(cells, "relu", EXERCISES) == ""
    assert "`L1 = make(relu)`" in why_not_defined(cells, "L1", EXERCISES)


def test_a_check_in_the_kernel_runs_no_line_again(capsys):
    source = "log = [happened.append(1)]\ndef relu(x):\n    return np.maximum(0, x) + 0 * len(log)"
    names = {"happened": [], "np": np, "In": ["import numpy as np", source]}
    exec(source, names)
    assert Check(load_lesson("numpy_basics"), names)("relu").points == 8
    assert names["happened"] == [1]
    assert "does not run" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "points"),
    [
        ("relu = partial(np.maximum, 0)", 8),
        ("from nnlab.given import forward_propagation\nrelu = partial(forward_propagation)", 0),
        ("relu = partial(np.maximum, 0 / len([]))", 0),
    ],
)
def test_a_function_that_an_assignment_makes_counts_where_it_is_the_students(line, points, sandbox):
    lesson = load_lesson("numpy_basics")
    cells = read_cells(notebook({**solved(lesson), "relu": f"from functools import partial\n{line}"})).cells
    results = grade(Submission("a", "a", cells), Round(lesson.name, 1, 6), sandbox).exercises
    assert {one.name: one.points for one in results}["relu"] == points


# ---- most notebooks need nothing of that: what is asked first must never say so where it is not true

_NAMES = st.sampled_from(["relu", "L1", "made", "other", "helper", "load", "read", "np"])
_FORMS = st.sampled_from(
    [
        "{a} = {b}(0)",
        "{a} = {b}",
        "{a}['key'] = {b}(1)",
        "{a}.key = {b}({c})",
        "{a}, {b} = {c}(2)",
        "def {a}(x):\n    return {b}({c})",
        "def {a}(x):\n    {b} = x\n    return {b}.{c}",
        "def {a}(x=(y := {b})):\n    return [{c} for {b} in x]",
        "def {a}():\n    def {b}():\n        return {c}\n    return {b}",
        "class {a}:\n    key = {b}\n    def of(self):\n        return {c}",
        "{a} = lambda x: {b}(x)",
        "import {a} as {b}",
        "from {a} import {b}",
        "if {a}:\n    {b} = {c}",
        "return {a}",
    ]
)
_LINES = st.builds(lambda form, a, b, c: form.format(a=a, b=b, c=c), _FORMS, _NAMES, _NAMES, _NAMES)


def _needed(cells):
    """The lines that run, by cell."""
    return [(cell.number, one.lineno) for cell, one in running(cells, EXERCISES) if isinstance(one, ast.stmt)]


@hypothesis.given(st.lists(_LINES, max_size=7))
def test_what_is_asked_first_changes_nothing(sources):
    cells = [Cell(number, source) for number, source in enumerate(sources)]
    quick = _needed(cells)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(computed, "_may_be_needed", lambda *_about: True)
        assert _needed(cells) == quick


@pytest.mark.parametrize("name", current().lessons)
def test_with_the_solutions_of_a_lesson_it_says_so(name, monkeypatch):
    monkeypatch.setattr(computed, "_read", lambda _code: pytest.fail("each instruction was looked at"))
    lesson = load_lesson(name)
    (handed_out,) = (ROOT / "notebooks" / lesson.folder).glob("*.ipynb")
    # A function that is not filled in returns what is made elsewhere, if anywhere.
    around = [cell for cell in read_cells(handed_out.read_bytes()).cells if "NotImplementedError" not in cell.source]
    cells = [*around, *(Cell(0, source) for source in solved(lesson).values())]
    assert list(running(cells, [one.name for one in lesson.exercises]))

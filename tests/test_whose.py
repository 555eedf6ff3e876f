"""A function counts as the student's where its definition stands in that student's own cells."""

import sys
import types
from contextlib import suppress

import pytest

from grader.course import load_lesson
from grader.grading.grade import Round, Submission, grade
from grader.running.notebook import read_cells
from grader.student.check import Check
from making import edited, functions, notebook, solved

LESSON = load_lesson("logistic_regression")
HELPER = "import numpy as np\ndef standardize(X, max_value):\n    return X / max_value\n"


def graded(sandbox, *cells, helpers=()):
    submission = Submission("", "", read_cells(notebook(cells)).cells)
    result = grade(submission, Round(LESSON.name, 1, 3, helpers=tuple(helpers)), sandbox)
    return {one.name: one for one in result.exercises}


@pytest.mark.parametrize(
    "cell",
    ["from helper import *", "from helper import standardize", "import helper\nstandardize = helper.standardize"],
)
def test_what_a_helper_defines_earns_nothing_and_is_said_to_be_that(sandbox, cell):
    one = graded(sandbox, cell, helpers=[("helper", HELPER)])["standardize"]
    assert (one.status, one.points) == ("missing", 0)
    assert "`standardize` comes from `helper`" in one.cases[0].findings[0].message


@pytest.mark.parametrize(
    "cell", ["from my_answers import standardize", "import my_answers as mine\nstandardize = mine.standardize"]
)
def test_what_comes_from_a_module_that_is_missing_is_said_to_come_from_it(sandbox, cell):
    one = graded(sandbox, cell)["standardize"]
    assert (one.status, one.points) == ("missing", 0)
    assert "`standardize` comes from `my_answers`" in one.cases[0].findings[0].message


def test_an_import_of_all_after_it_does_not_replace_the_students_own(sandbox):
    own = "def standardize(X, max_value):\n    return X * 0"
    one = graded(sandbox, "import numpy as np", own, "from helper import *", helpers=[("helper", HELPER)])[
        "standardize"
    ]
    assert one.status == "failed"


def test_what_the_student_wrote_with_a_helper_is_theirs(sandbox):
    own = "from helper import half\ndef standardize(X, max_value):\n    return half(X) * 2 / max_value"
    one = graded(sandbox, own, helpers=[("helper", "def half(x):\n    return x / 2\n")])["standardize"]
    assert one.status == "passed"


@pytest.mark.parametrize(
    "cell",
    [
        "import numpy as np\nstandardize = lambda X, m: X / m",
        "import numpy as np\nstandardize = np.true_divide",
        "import functools\n@functools.lru_cache\ndef own(x): return x\ndef standardize(X, m):\n    return X / m",
        "class Scaler:\n    def __call__(self, X, m):\n        return X / m\ndef standardize(X, m):\n    return Scaler()(X, m)",
    ],
)
def test_however_it_is_made_it_is_theirs(sandbox, cell):
    assert graded(sandbox, cell)["standardize"].status == "passed"


def test_in_a_notebook_an_imported_function_is_said_on_the_spot(capsys):
    names = functions(solved(LESSON), LESSON)
    exec("from nnlab.given import sigmoid as predict", names)
    assert Check(LESSON, names)("predict").points == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "comes from `nnlab.given" in said
    assert "define it there with `def`" in said


# ---- a cell that no longer parses


def notebook_after(*history):
    """The names of a running notebook in which the solutions and then these cells were run."""
    names = {"__name__": "__main__", "In": ["", *solved(LESSON).values(), *history]}
    for cell in names["In"]:
        with suppress(SyntaxError):
            exec(cell, names)
    return names


BROKEN = edited(solved(LESSON), "standardize", "X / max_value", "X / (max_value")["standardize"]
GOOD = solved(LESSON)["standardize"]


def test_a_function_whose_last_cell_does_not_parse_is_not_right_any_more(capsys):
    check = Check(LESSON, notebook_after(BROKEN))
    assert check("standardize").points == 0
    assert "does not parse" in " ".join(capsys.readouterr().out.split())
    assert check("predict").points == 15


@pytest.mark.parametrize("history", [(BROKEN, GOOD), ("x = (",), (BROKEN, "standardize = lambda X, m: X / m")])
def test_a_later_cell_that_works_counts(history):
    assert Check(LESSON, notebook_after(*history))("standardize").points == 5


def test_without_names_those_of_the_running_notebook_are_asked(monkeypatch):
    main = types.ModuleType("__main__")
    vars(main).update(notebook_after(BROKEN))
    monkeypatch.setitem(sys.modules, "__main__", main)
    assert Check(LESSON)("standardize").points == 0

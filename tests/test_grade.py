"""One submission, graded in the real sandbox: what it earns, and that what it does is its own affair."""

import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import grader
from grader.grading.grade import Round, Submission, grade
from grader.judging.references import read_references
from grader.running.notebook import read_cells
from grader.sandbox import Limits
from grader.student.check import Check
from making import edited, functions, notebook, stubs

NAMES = [exercise.name for exercise in grader.load_lesson("logistic_regression").exercises]
each_exercise = pytest.mark.parametrize("name", NAMES)


@pytest.fixture
def graded(sandbox):
    """Grades a notebook's bytes, or sources by name."""

    def run(made, seed=1, helpers=(), **limits):
        data = made if isinstance(made, bytes) else notebook(made)
        submission = Submission("alice.ipynb", "alice", read_cells(data).cells)
        return grade(submission, Round("logistic_regression", 1, seed, Limits(**limits), helpers), sandbox)

    return run


def of(result, name):
    return next(exercise for exercise in result.exercises if exercise.name == name)


def statuses(result):
    return {exercise.name: exercise.status for exercise in result.exercises if exercise.status != "passed"}


def kinds(exercise):
    return {finding.kind for case in exercise.cases for finding in case.findings}


def function(name, body, solution):
    """The function of that name with its own parameters and another body."""
    first = solution[name].splitlines()[0]
    return {**solution, name: first + "\n" + "\n".join("    " + line for line in body.splitlines())}


# ---- what is right


def test_the_solved_notebook_earns_everything(graded, solved_notebook):
    result = graded(solved_notebook)
    assert (result.points, result.max_points, statuses(result)) == (100, 100, {})


def test_the_released_notebook_earns_nothing(graded, released_notebook):
    result = graded(released_notebook)
    assert result.points == 0
    assert statuses(result) == dict.fromkeys(NAMES, "not_implemented")


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("propagate",
         "def propagate(w, b, X, Y):\n    m = len(Y.T)\n    dw, db, cost = np.zeros_like(w), 0, 0\n    for i in range(m):\n"
         "        a = float(sigmoid(w[:, 0] @ X[:, i] + b))\n        cost -= np.log(max(a if Y[0, i] else 1 - a, 1e-300)) / m\n"
         "        dw += X[:, [i]] * (a - Y[0, i]) / m\n        db += (a - Y[0, i]) / m\n"
         "    return {'db': db, 'dw': dw}, cost"),
        ("predict", "predict = lambda w, b, X: np.where(w.T @ X + b > 0, 1.0, 0.0)"),
        ("standardize", "from numpy import divide as standardize"),
        ("flatten_images", "class Flat:\n    def __call__(self, images):\n        return images.reshape(len(images), -1).T\n"
         "def flatten_images(images):\n    return Flat()(images)"),
        ("initialize_with_zeros", "def initialize_with_zeros(dim):\n    return np.array(dim * [[0]]), 0"),
        ("model", "def model(X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5, print_cost=False):\n"
         "    np.random.seed(3)\n    print('training')\n    w, b = np.zeros((len(X_train), 1)), 0.\n    costs = []\n"
         "    for i in range(num_iterations):\n        g, c = propagate(w, b, X_train, Y_train)\n"
         "        w -= learning_rate * g['dw']\n        b -= learning_rate * g['db']\n        if i % 100 == 0: costs += [c]\n"
         "    return dict(costs=np.squeeze(costs, axis=()), Y_prediction_test=predict(w, b, X_test), w=w, b=b,\n"
         "                Y_prediction_train=predict(w, b, X_train), learning_rate=learning_rate, num_iterations=num_iterations)"),
    ],
    ids=lambda value: value if value.isidentifier() else "",
)  # fmt: skip
def test_another_style_is_right_too(graded, solution, name, source):
    assert of(graded({**solution, name: source}), name).status == "passed"


def test_a_submission_that_prints_earns_its_points_and_prints_nowhere(graded, solution, capfd):
    talks = {**solution, "talk": "print('at the top')\nclass Loud:\n    print('in a class')"}
    talks = edited(talks, "predict", "return", "import warnings; print('loud'); warnings.warn('louder'); return")
    assert graded(talks).points == 100
    assert capfd.readouterr() == ("", "")


def test_check_and_grade_agree(graded, lesson, solution):
    sources = edited(solution, "propagate", "dw = X @ (A - Y).T / m", "dw = X @ (A - Y).T")
    sources = edited(sources, "predict", "A > 0.5", "A < 0.5")
    names = functions(sources, lesson)
    check = Check(lesson, names)
    result = graded(sources)
    for exercise in lesson.exercises:
        here, there = check.run(exercise, names[exercise.name])[0], of(result, exercise.name)
        if there.cascade_from:
            continue
        assert (here.outputs, here.status) == (there.outputs, there.status)
        # What passes its hidden cases is not called with the visible ones; its text is searched where it is at hand.
        assert there.status == "passed" or without_slips(here) == tuple(case for case in there.cases if case.visible)


def without_slips(result):
    return tuple(replace(c, findings=tuple(replace(f, slip="") for f in c.findings)) for c in result.cases)


# ---- what goes wrong costs its own exercise only


@pytest.mark.parametrize(
    ("body", "status"),
    [
        pytest.param("raise NotImplementedError('about 2 lines')", "not_implemented", id="stub"),
        pytest.param("return 1 / 0", "error", id="exception"),
        pytest.param("exit()", "error", id="exit"),
        pytest.param("raise SystemExit(0)", "error", id="SystemExit"),
        pytest.param("raise KeyboardInterrupt", "killed", id="KeyboardInterrupt"),
        pytest.param("return standardize()", "error", id="another function called wrongly"),
        pytest.param("return predict(*[0] * 9)", "error", id="recursion with other arguments"),
        pytest.param("import torch\nreturn torch.tensor(1)", "error", id="missing module"),
        pytest.param("return np.ones((60_000, 60_000))", "memory", id="memory"),
        pytest.param("return np.zeros((1000, 1000))", "failed", id="a large answer"),
        pytest.param("return np.zeros((3000, 3000))", "memory", id="an answer too large to send"),
        pytest.param("import numpy\nnumpy.core = None", "failed", id="nothing"),
        pytest.param("return np.ma.ones((1, 1))", "unsupported", id="masked array"),
        pytest.param("return '\\ud83d'", "failed", id="half a character"),
        pytest.param("raise ValueError('\\ud83d')", "error", id="half a character raised"),
        pytest.param("return 10**5000", "unsupported", id="a number without end"),
        pytest.param("return {10**5000: 1}", "failed", id="a key without end"),
        pytest.param("import os\nos._exit(0)", "error", id="os"),
        pytest.param("import sys\nsys.exit(0)", "error", id="sys"),
        pytest.param("import ctypes\nctypes.string_at(0)", "error", id="ctypes"),
    ],
)
def test_what_one_function_does_costs_its_own_points(graded, solution, body, status):
    sources = function("predict", body, solution)
    # `model` calls it.
    result = graded({**sources, "model": "from numpy import zeros as model"})
    assert of(result, "predict").status == status
    assert {name: of(result, name).status for name in NAMES[:5]} == dict.fromkeys(NAMES[:5], "passed")
    assert of(result, "predict").points == 0


CRASH = "(lambda f: f(f))(lambda f: np.lib.stride_tricks.as_strided(np.zeros(1), (10**9,), (10**6,)).sum())"


def test_a_crash_costs_its_own_points(graded, solution):
    """Memory that is not there is read: the process ends at once."""
    result = graded(function("propagate", f"return {CRASH}", solution))
    assert of(result, "propagate").status == "killed"
    assert of(result, "predict").status == "passed"
    assert of(result, "flatten_images").status == "passed"


def test_an_endless_loop_costs_its_own_points(graded, solution):
    result = graded(function("standardize", "while True:\n    pass", solution), seconds=0.5)
    assert statuses(result) == {"standardize": "timeout"}
    assert result.points == 95


@pytest.mark.slow
def test_an_endless_wait_costs_its_own_points(graded, solution):
    result = graded(function("standardize", "import time\ntime.sleep(10_000)", solution), seconds=0.1)
    assert statuses(result) == {"standardize": "timeout"}
    assert result.points == 95


def test_a_loop_without_end_in_the_definitions_is_said_to_be_that(graded, solution):
    result = graded({**solution, "loop": "class Loop:\n    while True:\n        pass"}, seconds=0.3)
    assert result.points == 0
    assert set(statuses(result).values()) == {"timeout"}


@pytest.mark.parametrize(
    ("body", "part"),
    [
        ("while max_value > 0:\n    pass", "computing in line 2: `while max_value > 0:`. This `while` loop ends when"),
        ("for i in range(10**9):\n    for j in range(9):\n        X.sum()", "within 2 loops"),
    ],
)
def test_a_call_that_does_not_end_names_its_line_and_loop(graded, solution, body, part):
    result = graded(function("standardize", body, solution), seconds=0.5)
    messages = {finding.message for case in of(result, "standardize").cases for finding in case.findings}
    assert [part in message for message in messages] == [True]


@pytest.mark.parametrize("answer", ["'x' * 10**6", "'\\x1b[2J' * 10**4", "'a\\nb' * 10**4"])
def test_what_is_said_at_the_end_of_the_time_is_short(graded, solution, answer):
    body = f"import grader.running.exceptions\ngrader.running.exceptions.where_stopped = lambda *_: {answer}\nwhile True:\n    pass"
    result = graded(function("standardize", body, solution), seconds=0.5)
    assert statuses(result) == {"standardize": "timeout"}
    assert len(of(result, "standardize").cases[0].findings[0].message) < 500


def test_after_a_timeout_the_other_cases_are_not_called(graded, solution):
    result = graded(function("standardize", "while True:\n    pass", solution), seconds=0.5)
    assert {finding.message for case in of(result, "standardize").cases for finding in case.findings} == {
        of(result, "standardize").cases[0].findings[0].message
    }


def test_what_one_exercise_leaves_behind_does_not_reach_the_next_submission(graded, solution):
    graded(edited(solution, "flatten_images", "m = images", "np.zeros = None; np.exp = None; m = images"))
    assert graded(solution).points == 100


# ---- notebooks in disorder


def test_a_missing_function_is_missing(graded, solution):
    sources = {name: source for name, source in solution.items() if name != "standardize"}
    result = graded(sources)
    assert statuses(result) == {"standardize": "missing"}
    assert result.points == 95


PARTIAL = (
    "import functools\ndef mine(k, X, max_value):\n    return X / max_value\nstandardize = functools.partial(mine, {})"
)


def test_a_function_that_a_call_makes_is_graded(graded, solution):
    assert statuses(graded({**solution, "standardize": PARTIAL.format(1)})) == {}


@pytest.mark.parametrize("filled", ["predict", "1 / len([])"], ids=["leads to an exercise", "fails"])
def test_a_function_that_a_line_makes_that_does_not_run_is_missing_and_it_says_why(filled, graded, solution):
    result = graded({**solution, "standardize": PARTIAL.format(filled)})
    assert set(statuses(result)) == {"standardize"}
    said = {finding.message for case in of(result, "standardize").cases for finding in case.findings}
    assert all(f"`standardize = functools.partial(mine, {filled})`" in one for one in said)


def test_a_cell_that_does_not_parse_costs_its_own_points(graded, solution):
    result = graded({**solution, "standardize": "def standardize(X, max_value):\n    return X / (max_value"})
    assert statuses(result) == {"standardize": "error"}
    (message,) = {f.message for case in of(result, "standardize").cases for f in case.findings}
    assert "does not parse" in message
    assert "return X / (max_value" in message


def test_cells_in_another_order_earn_the_same(graded, solution):
    turned = dict(reversed(solution.items()))
    assert graded(turned).points == 100


def test_duplicated_cells_earn_the_same(graded, solved_notebook):
    content = json.loads(solved_notebook)
    content["cells"] += content["cells"]
    assert graded(json.dumps(content).encode()).points == 100


def test_of_a_function_written_twice_the_last_counts(graded, solution):
    wrong = "def standardize(X, max_value):\n    return X"
    assert graded([*solution.values(), wrong]).points == 95
    assert graded([*list(solution.values())[:2], wrong, *list(solution.values())[2:]]).points == 100


def test_metadata_are_not_needed(graded, solved_notebook):
    content = json.loads(solved_notebook)
    bare = {"cells": [{"cell_type": c["cell_type"], "source": c["source"]} for c in content["cells"]]}
    assert graded(json.dumps(bare).encode()).points == 100


def test_locked_cells_that_were_changed_are_no_matter(graded, solved_notebook):
    content = json.loads(solved_notebook)
    for cell in content["cells"]:
        if "".join(cell["source"]).startswith("check("):
            cell["source"] = "check = lambda name: 10**6\n1000.0"
    assert graded(json.dumps(content).encode()).points == 100


ELSEWHERE = [
    "%matplotlib inline\nimport numpy as np\nimport matplotlib.pyplot as plt\nimport h5py\nimport scipy\nfrom PIL import Image\n"
    "from scipy import ndimage\nfrom lr_utils import load_dataset",
    "train_set_x_orig, train_set_y, test_set_x_orig, test_set_y, classes = load_dataset()",
    "index = 25\nplt.imshow(train_set_x_orig[index])\nprint('y = ' + str(train_set_y[:, index]))",
    "def sigmoid(z):\n    s = 1 / (1 + np.exp(-z))\n    return s",
    "print('sigmoid([0, 2]) = ' + str(sigmoid(np.array([0, 2]))))",
    "w, b, X, Y = np.array([[1.], [2.]]), 2., np.array([[1., 2., -1.], [3., 4., -3.2]]), np.array([[1, 0, 1]])\n"
    "grads, cost = propagate(w, b, X, Y)",
    "d = model(train_set_x, train_set_y, test_set_x, test_set_y, num_iterations=2000, learning_rate=0.005, print_cost=True)",
    "!ls ..",
]


def test_a_notebook_from_elsewhere_is_graded(graded, solution):
    mine = {name: source for name, source in solution.items() if name != "setup"}
    result = graded([*ELSEWHERE[:5], *mine.values(), *ELSEWHERE[5:]])
    # Its sigmoid warns where a sum is very large, as it did in its own course.
    assert result.points == 100


def test_helpers_are_imported(graded, solution):
    uses = edited(
        solution, "standardize", "X_scaled = X / max_value", "from my_utils import over; X_scaled = over(X, max_value)"
    )
    helper = "def over(x, y):\n    return x / y\n"
    assert of(graded(uses, helpers=(("my_utils", helper),)), "standardize").status == "passed"
    without = of(graded(uses), "standardize")
    assert kinds(without) == {"unavailable"}
    assert "my_utils" in without.cases[0].findings[0].message
    assert "--helpers" in without.cases[0].findings[0].message


# ---- hidden cases


RETURNED = {
    "flatten_images": "found['X']",
    "standardize": "found.get('X', arguments[0] * 1.0)",
    "initialize_with_zeros": "found['w'], found['b']",
    "propagate": "found, found.get('cost', found.get('cost when very sure', 40.0))",
    "optimize": "found, found, found.get('costs', [0.0])",
    "predict": "found.get('Y_prediction', found.get('answers at exactly 0.5'))",
    "model": "found",
}
KEY = "repr([np.asarray(argument).tolist() for argument in {}])"


def literal(value):
    """The source of a value."""
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(literal, value))}]"
    return f"np.array({value.tolist()!r})" if isinstance(value, (np.ndarray, np.generic)) else repr(value)


def table(exercise, lesson):
    """The source of a function that looks up the visible cases."""
    rows = []
    for reference in read_references(lesson, exercise):
        found = {output.split('"')[-2] if '"' in output else output: v for output, v in reference.expected.items()}
        key = eval(KEY.format("reference.case.args"))
        rows.append(f"    {key!r}: {{{', '.join(f'{name!r}: {literal(v)}' for name, v in found.items())}}},")
    return "\n".join([
        f"def {exercise.name}(*arguments):", "    found = {", *rows, f"    }}[{KEY.format('arguments')}]",
        f"    return {RETURNED[exercise.name]}",
    ])  # fmt: skip


def test_a_table_of_the_visible_answers_earns_nothing(graded, lesson):
    result = graded(["import numpy as np", *(table(exercise, lesson) for exercise in lesson.exercises)])
    visible = [case.passed for exercise in result.exercises for case in exercise.cases if case.visible]
    assert all(visible)
    assert result.points == 0


def test_visible_right_and_hidden_wrong_is_visible_in_the_result(graded, lesson, solution):
    exercise = lesson.exercise("standardize")
    largest = [int(reference.case.args[0].size) for reference in read_references(lesson, exercise)]
    first = float(read_references(lesson, exercise)[0].case.args[0].flat[0])
    sources = edited(
        solution,
        "standardize",
        "X / max_value",
        f"X / max_value if X.flat[0] == {first} or X.size != {largest[0]} else X",
    )
    result = of(graded(sources), "standardize")
    assert result.cases
    assert all(case.passed for case in result.cases)
    assert [case.name for case in result.hidden.cases if not case.passed] == ["pixels from 0 to 255"]
    assert (result.outputs["X"][0], result.status) == (0, "failed")


def test_another_seed_draws_other_cases_and_gives_the_same_points(graded, solution):
    sources = edited(solution, "propagate", "dw = X @ (A - Y).T / m", "dw = X @ (A - Y).T")
    one, other = (of(graded(sources, seed=seed), "propagate") for seed in (1, 2))
    assert one.outputs == other.outputs
    assert one.cases == other.cases
    assert [f.message for c in one.hidden.cases for f in c.findings] != [
        f.message for c in other.hidden.cases for f in c.findings
    ]


def test_the_same_seed_gives_the_same_result(graded, solution):
    sources = {**solution, "propagate": stubs(grader.load_lesson("logistic_regression"))["propagate"]}
    assert graded(sources, seed=9) == graded(sources, seed=9)


def test_findings_never_show_a_hidden_input_of_a_passing_case(graded, solution):
    result = graded(solution)
    assert [f for exercise in result.exercises for case in exercise.cases for f in case.findings] == []


# ---- what the grader never does


@pytest.mark.parametrize("word", ["pickle", "allow_pickle", "marshal", "shelve", "eval("])
def test_the_sandbox_code_has_nothing_that_runs_what_arrives(word):
    folder = Path(grader.__file__).parent / "sandbox"
    found = [
        path.name
        for path in folder.rglob("*.py")
        if re.search(rf"(?<![\w.]){re.escape(word)}", path.read_text("utf-8"))
    ]
    assert found == []


def test_the_sandbox_process_needs_no_solution():
    folder = Path(grader.__file__).parent / "sandbox"
    imports = [
        line for path in folder.rglob("*.py") for line in path.read_text("utf-8").splitlines() if "import" in line
    ]
    assert [line for line in imports if re.search(r"source_solutions|solutions|references|exercises", line)] == []

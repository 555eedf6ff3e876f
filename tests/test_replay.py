"""A replay file shows one exercise's difference with numpy alone; it is written without running what it holds."""

import ast
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grader import lesson_names, load_lesson
from grader.gradebook import Settings, grade_paths
from grader.grading.grade import cases
from grader.judging.references import read_references
from grader.replay.write import NoReplayError, literal, replay_file
from grader.running.notebook import Cell
from making import edited, notebook, solved

pytestmark = pytest.mark.sandbox

LESSON = "logistic_regression"
WRONG = ("dw = X @ (A - Y).T / m", "dw = X @ (A - Y).T")


def run(text, folder):
    """(exit code, output) of a replay file, alone with numpy."""
    path = folder / "replay.py"
    path.write_text(text, encoding="utf-8")
    ran = subprocess.run([sys.executable, "-I", path], capture_output=True, text=True, check=False, cwd=folder)
    assert "grader" not in ran.stderr
    return ran.returncode, ran.stdout + ran.stderr


def cells(sources):
    return [Cell(number, source) for number, source in enumerate(sources.values(), 1)]


def written(lesson, name, sources, **more):
    exercise = lesson.exercise(name)
    return replay_file(lesson, exercise, cells(sources), cases(lesson, exercise, 5)[:3], **more)


def own_part(text):
    """What stands in a file between the grader's parts."""
    return text.split("# ---- the submission's own code")[1].split("# ---- what calls it")[0]


def test_a_known_mistake_is_shown_with_both_values(lesson, solution, tmp_path):
    code, shown = run(written(lesson, "propagate", edited(solution, "propagate", *WRONG)), tmp_path)
    assert code == 1
    assert shown.count('grads["dw"]: first difference at [0, 0]') == 2
    assert shown.count("3 of 3 entries differ") == 1
    assert shown.count("cost: as expected") == 3


# Each file as if it were run alone, without the time that numpy takes to load.
ALL = """
import pathlib, runpy, sys
for path in sorted(pathlib.Path(".").glob("*.py")):
    try:
        print(path)
        runpy.run_path(str(path), run_name="__main__")
    except SystemExit as end:
        if end.code:
            sys.exit(1)
"""


@pytest.mark.slow
@pytest.mark.parametrize("name", lesson_names())
def test_every_solution_of_a_lesson_replays_as_expected(name, tmp_path):
    lesson = load_lesson(name)
    for exercise in lesson.exercises:
        visible = [(reference, True) for reference in read_references(lesson, exercise)[:3]]
        text = replay_file(lesson, exercise, cells(solved(lesson)), visible)
        (tmp_path / f"{exercise.name}.py").write_text(text, encoding="utf-8")
    ran = subprocess.run([sys.executable, "-I", "-c", ALL], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert ran.returncode == 0, ran.stdout[-2000:] + ran.stderr[-2000:]
    assert ran.stdout.count("as expected") >= len(lesson.exercises)


def test_the_file_holds_what_the_function_needs_and_no_more(lesson, solution):
    sources = {
        "setup": "import numpy as np\nimport scipy.special\nFACTOR = 2\nUNUSED = 3",
        "helper": "@np.vectorize\ndef helper(z):\n    # a comment\n    return FACTOR * z",
        "sigmoid": "def sigmoid(z):\n    return scipy.special.expit(helper(z))",
        "other": "def other():\n    pass",
        "propagate": solution["propagate"],
        "training": "propagate(1, 2, 3, 4)\n%matplotlib inline",
    }
    own = own_part(written(lesson, "propagate", sources))
    assert "@np.vectorize" in own
    assert "# a comment" in own
    assert "FACTOR = 2" in own
    for absent in ("UNUSED", "def other", "propagate(1, 2, 3, 4)", "matplotlib"):
        assert absent not in own


def test_what_the_function_needs_computed_is_in_the_file_and_no_training(lesson, solution, tmp_path):
    late = {
        "log": "import logging\nfrom functools import partial\nlog, flipped = logging.getLogger('mine'), partial(np.multiply, -1)",
        "sigmoid": "def sigmoid(z):\n    sigmoid.calls += 1\n    log.info('%s', z)\n    return 1 / (1 + np.exp(flipped(z)))",
        "calls": "sigmoid.calls = 0\nresult = propagate(1, 2, 3, 4)",
    }
    text = written(lesson, "propagate", {**solution, **late})
    code, shown = run(text, tmp_path)
    assert code == 0, shown
    assert "sigmoid.calls = 0" in own_part(text)
    assert "result" not in own_part(text)


def test_a_function_that_uses_what_is_not_here_says_so(lesson, solution, tmp_path):
    sources = {**solution, "late": "import scipy.special\ndef sigmoid(z):\n    return scipy.special.expit(z)"}
    code, shown = run(written(lesson, "propagate", sources), tmp_path)
    assert code == 1
    assert "`scipy.special.expit` is not available while grading" in shown


def test_what_fails_costs_its_own_names_and_a_parameter_is_no_name_of_the_notebook(lesson, solution, tmp_path):
    late = """X, Y = digits.train_x, digits.train_y
SCALE = undefined
@undefined
def sigmoid(z):
    return 1
"""
    scaled = edited(solution, "propagate", "m = X.shape[1]", "m = X.shape[1]\n    SCALE")
    text = written(lesson, "propagate", {"setup": solution["setup"], "late": late, "propagate": scaled["propagate"]})
    assert "digits" not in own_part(text)
    code, shown = run(text, tmp_path)
    assert code == 1
    assert shown.count("not defined: name 'undefined'") == 2
    assert "NameError" in shown
    assert "name 'SCALE' is not defined" in shown


@pytest.mark.parametrize(
    "late",
    [
        "def helper(a, a):\n    pass",
        "def helper():\n    nonlocal x",
        "helper = " + "-" * 5000 + "1",
        "helper = " + "(" * 150 + "1" + ")" * 150,
    ],
    ids=["parameters twice", "nonlocal", "deep", "brackets"],
)
def test_a_definition_that_is_no_python_costs_itself_alone(late, lesson, solution, tmp_path):
    assert run(written(lesson, "propagate", {**solution, "late": late}), tmp_path)[0] == 0


def test_a_helper_of_the_instructor_travels_with_the_file(lesson, solution, tmp_path):
    sources = {**solution, "late": "from my_utils import logistic as sigmoid"}
    helpers = (("my_utils", "import numpy as np\ndef logistic(z):\n    return 1 / (1 + np.exp(-z))"),)
    assert run(written(lesson, "propagate", sources, helpers=helpers), tmp_path)[0] == 0


def test_writing_runs_nothing_and_a_note_stays_a_note(lesson, solution, tmp_path):
    sign = tmp_path / "ran"
    sources = {**solution, "late": f"class X:\n    open({str(sign)!r}, 'w')\ndef sigmoid(z, x=X):\n    return z"}
    text = written(lesson, "propagate", sources, notes=['a """\nopen("x")\n\\ \x1b'])
    assert not sign.exists()
    assert "open" not in {
        ast.unparse(node.value.func)
        for node in ast.parse(text).body
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    }
    assert "read it before you run it" in text.lower().replace("read that part", "read it")


def test_a_submission_without_the_function_has_nothing_to_replay(lesson, solution):
    with pytest.raises(NoReplayError, match="propagate"):
        written(lesson, "propagate", {"setup": solution["setup"]})


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | arrays.arrays(
        st.sampled_from([np.float64, np.float32, np.int64, np.bool_]), arrays.array_shapes(min_dims=0, min_side=0)
    ),
    lambda inner: st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(st.text(), inner),
)


@given(VALUES)
def test_a_value_comes_back_from_its_source_to_the_bit(value):
    back = eval(literal(value), {"_replay_np": np, "nan": np.nan, "inf": np.inf})
    assert type(back) is type(value)
    assert repr(back) == repr(value)
    assert getattr(back, "dtype", None) == getattr(value, "dtype", None)


# ---- the command


@pytest.fixture
def kept(tmp_path, solution):
    """A gradebook with one wrong submission."""
    (tmp_path / "class").mkdir()
    sources = {name: edited(solution, "propagate", *WRONG)[name] for name in ("setup", "propagate")}
    (tmp_path / "class" / "ann.ipynb").write_bytes(notebook(sources))
    grade_paths([tmp_path / "class"], tmp_path / "kept", Settings(lesson=LESSON, seed=1, workers=1))
    return tmp_path / "kept"


def test_the_instructor_gets_the_cases_that_decided(kept, grader_command, tmp_path):
    ran = grader_command("replay", "ann", f"{LESSON}::propagate", "--in", kept, "--to", tmp_path / "it.py")
    assert (ran.code, ran.out.strip()) == (0, str(tmp_path / "it.py"))
    assert "will run with your rights" in ran.err
    code, shown = run((tmp_path / "it.py").read_text(encoding="utf-8"), tmp_path)
    assert code == 1
    assert "(hidden)" in shown
    assert "entries differ" in shown


@pytest.mark.parametrize("who", ["ann", "{file}"])
def test_a_student_may_have_the_visible_cases_only(who, kept, grader_command, tmp_path):
    file = tmp_path / "class" / "ann.ipynb"
    ran = grader_command(
        "replay", who.format(file=file), f"{LESSON}::propagate", "--to", tmp_path / "it.py",
        *(["--in", kept, "--visible"] if who == "ann" else []),
    )  # fmt: skip
    assert ran.code == 0
    assert "visible=False" not in (tmp_path / "it.py").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("who", "target", "said"),
    [
        ("zoe", f"{LESSON}::propagate", "zoe"),
        ("Annn", f"{LESSON}::propagate", "did you mean ann?"),
        ("ann", f"{LESSON}::propagat", "::propagate"),
        ("ann", "propagate", LESSON),
        ("ann", f"{LESSON}::predict", "does not define predict"),
    ],
)
def test_what_cannot_be_replayed_is_one_clear_line(who, target, said, kept, grader_command):
    ran = grader_command("replay", who, target, "--in", kept)
    assert (ran.code, ran.out) == (2, "")
    (line,) = ran.lines
    assert said in line

"""A replay file and the mark come from one judge: whatever a function returns, and however it is written, they agree."""

import ast
import json
import re
import subprocess
import sys
from dataclasses import asdict, fields

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from grader import load_lesson
from grader.course import Case, Exercise, Outcome
from grader.gradebook import Settings, grade_paths
from grader.judging.points import Played, judged
from grader.judging.references import read_contract, read_references
from grader.replay import carried
from grader.replay.write import literal, replay_file
from grader.running.calling import call
from grader.running.lookup import find
from making import edited, functions, notebook
from test_replay import VALUES, cells

LESSON = load_lesson("logistic_regression")
EXERCISE = LESSON.exercise("propagate")
CASES = read_references(LESSON, EXERCISE)
CONTRACT = read_contract(LESSON)
RIGHT = """
    m = X.shape[1]
    A = 1 / (1 + np.exp(-(w.T @ X + b)))
    cost = -np.mean(Y * np.log(np.maximum(A, 1e-300)) + (1 - Y) * np.log(np.maximum(1 - A, 2.0**-54)))
    dw, db = X @ (A - Y).T / m, np.sum(A - Y) / m
    grads = {"dw": dw, "db": db}
"""
# What a mark takes for right and for wrong, and some that depend on the library's version.
RETURNED = (
    "grads, cost", "[grads, cost]", "(grads, cost, A)", "cost, grads", "grads", "cost", "None", "grads, [cost]", "grads, (cost,)",
    "grads, np.array([[cost]])", "grads, np.float32(cost)", "grads, str(cost)", "grads, complex(cost)", "grads, np.nan",
    "{**grads, 'dw': dw.tolist()}, cost", "{**grads, 'dw': np.matrix(dw)}, cost", "{**grads, 'dw': dw.T}, cost",
    "{**grads, 'dw': dw.astype(np.float32)}, cost", "{**grads, 'dw': m * dw}, cost", "{'DW': dw, 'db': db}, cost",
    "{'dw': dw}, cost", "list(grads.values()), cost", "{**grads, 'db': np.array([db])}, cost", "{**grads, 'db': float(np.array([[db]])[0, 0])}, cost",
    "grads, cost + 1e-9", "grads, cost + 1e-3", "(grads, cost),", "grads, (lambda: cost)", "dw, db, cost", "undefined", "1 / 0",
)  # fmt: skip
PARAMETERS = (
    "w, b, X, Y", "w, b, X, Y, unused", "w, b, X, Y, lambd=0.1", "X, Y, w, b", "w, b, X", "w, b, X, *rest", "w, b, X, Y, **named", "W, b, X, Y",
)  # fmt: skip
SUBMISSIONS = st.builds(
    lambda parameters, returned: f"def propagate({parameters}):{RIGHT}    return {returned}",
    st.sampled_from(PARAMETERS),
    st.sampled_from(RETURNED) | VALUES.map(lambda value: literal(value).replace("_replay_np", "np")),
)
SETUP = "import numpy as np\nfrom math import nan, inf"

# All files in one process, without the time that numpy takes to load.
ALL = """
import dataclasses, json, pathlib, runpy, sys
for path in sorted(pathlib.Path(".").glob("*.py")):
    names = runpy.run_path(str(path))
    result, _played = names["_replay_played"](
        names["_replay_exercise"], names["_replay_make_contract"](), names["_replay_cases"], names
    )
    print(json.dumps(dataclasses.asdict(result)))
"""


def in_files(sources, folder):
    """The verdicts of the replay files of some submissions, alone with numpy."""
    for number, source in enumerate(sources):
        text = replay_file(LESSON, EXERCISE, cells({"setup": SETUP, "own": source}), [(one, True) for one in CASES])
        (folder / f"{number:03}.py").write_text(text, encoding="utf-8")
    ran = subprocess.run([sys.executable, "-I", "-c", ALL], capture_output=True, text=True, check=False, cwd=folder)
    assert ran.returncode == 0, ran.stderr
    return [comparable(json.loads(line)) for line in ran.stdout.splitlines()]


def while_grading(source):
    function = find(functions({"setup": SETUP, "own": source}, LESSON), EXERCISE.name)
    outcomes = [
        call(function, one.case, EXERCISE.name, CONTRACT) if function else Outcome(problem="missing") for one in CASES
    ]
    played = [Played(one, outcome) for one, outcome in zip(CASES, outcomes, strict=True)]
    return comparable(json.loads(json.dumps(asdict(judged(EXERCISE, played)))))


def comparable(result):
    """The verdict; lines are counted in another file."""
    return json.loads(re.sub(r"line \d+", "line", json.dumps(result)))


@pytest.mark.slow
# A class of many files takes seconds; which of them differs is seen without making it smaller.
@settings(max_examples=12, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(sources=st.lists(SUBMISSIONS, min_size=5, max_size=10))
def test_a_file_says_what_the_mark_says(sources, tmp_path_factory):
    assert in_files(sources, tmp_path_factory.mktemp("files")) == [while_grading(source) for source in sources]


def test_all_written_forms_agree(tmp_path):
    sources = [f"def propagate(w, b, X, Y):{RIGHT}    return {returned}" for returned in RETURNED]
    sources += [f"def propagate({parameters}):{RIGHT}    return grads, cost" for parameters in PARAMETERS]
    verdicts = [while_grading(source) for source in sources]
    assert in_files(sources, tmp_path) == verdicts
    assert {"passed", "failed", "error"} <= {one["status"] for one in verdicts}


def test_a_name_of_the_file_is_no_name_of_the_student():
    own = f"def propagate(w, b, X, Y):{RIGHT}    return grads, cost"
    text = replay_file(LESSON, EXERCISE, cells({"setup": "import numpy as np", "own": own}), [(CASES[0], True)])
    assigned = [
        name for node in ast.parse(text).body if isinstance(node, ast.Assign) for name in map(ast.unparse, node.targets)
    ]
    assert assigned
    assert all(name.startswith("_") for name in assigned)


def test_what_is_carried_needs_numpy_and_the_standard_library_alone():
    outside = {
        module.split(".")[0] for name in carried.sources() if name != "grader" for module in carried.imported(name)
    }
    assert outside <= {*sys.stdlib_module_names, "grader", "numpy"}


def test_what_is_carried_is_there_to_the_letter():
    names = {}
    exec(carried.text(), names)
    assert names["_replay_sources"] == carried.sources()


@pytest.mark.sandbox
def test_the_points_of_a_file_are_those_of_the_mark(tmp_path, solution, grader_command):
    wrong = edited(solution, "propagate", "dw = X @ (A - Y).T / m", "dw = list(X @ (A - Y).T / m)")
    (tmp_path / "ann.ipynb").write_bytes(notebook(wrong))
    (graded,), _ = grade_paths([tmp_path / "ann.ipynb"], tmp_path / "kept", Settings(LESSON.name, seed=3, workers=1))
    mark = next(one for one in graded.exercises if one.name == "propagate")
    file = tmp_path / "it.py"
    assert (
        grader_command("replay", "ann", f"{LESSON.name}::propagate", "--in", tmp_path / "kept", "--to", file).code == 0
    )
    ran = subprocess.run([sys.executable, "-I", file], capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    (said,) = [line for line in ran.stdout.splitlines() if line.startswith("Points by these cases: ")]
    shown = said.partition(": ")[2].split(", ")
    assert shown == [f"{name} {had} of {most}" for name, (had, most) in mark.outputs.items() if f"{name} " in said]
    assert 'grads["dw"] 0 of' in said


def test_an_installed_grader_is_not_asked(tmp_path):
    (tmp_path / "grader").mkdir()
    (tmp_path / "grader" / "__init__.py").write_text("raise RuntimeError('this is another grader')", encoding="utf-8")
    source = f"def propagate(w, b, X, Y):{RIGHT}    return grads, cost"
    text = replay_file(LESSON, EXERCISE, cells({"setup": SETUP, "own": source}), [(CASES[0], True)])
    (tmp_path / "it.py").write_text(text, encoding="utf-8")
    # Without -I, the folder of the file is where modules are looked for first.
    ran = subprocess.run([sys.executable, tmp_path / "it.py"], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_a_new_part_of_a_declaration_is_carried_or_known_to_judge_nothing():
    carried_parts = {"name", "returns", "points", "observe", "properties", "rtol", "drawn", "exact"}
    judging_nothing = {"draw", "misconceptions", "equivalent", "ours", "warm_up", "lesson", "gradients"}
    assert {part.name for part in fields(Exercise)} == carried_parts | judging_nothing
    carried_of_a_case = ("label", "args", "kwargs", "given", "judged", "silent", "known")
    # How long a call takes is not measured in a file, and it says so.
    assert {part.name for part in fields(Case)} == {*carried_of_a_case, "pace"}


@pytest.mark.parametrize("problem", ["missing", "not_implemented", "arguments", "raised", "timeout"])
def test_a_function_of_which_no_call_came_to_its_end_is_right_in_no_case(problem):
    """Also where cases replace functions that it would call: whether it calls them is not known."""
    lesson = load_lesson("gradient_checking")
    exercise = lesson.exercise("gradient_check")
    references = read_references(lesson, exercise)
    assert any(one.case.given for one in references)
    found = judged(exercise, [Played(one, Outcome(problem=problem)) for one in references])
    assert not any(case.passed for case in found.cases)

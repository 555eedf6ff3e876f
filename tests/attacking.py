"""What the tests of the sandbox share: a submission with one hostile function among honest ones, and how it fares.

The hostile function stands in the place of `standardize`, the second of four exercises: what it earns is what it gained,
and those after it show what became of the rest. A hostile act that would succeed is followed by the right result, so
that points mean success; one that is refused raises.
"""

import os
import re
import subprocess
import sys
import textwrap
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from acts import REACH
from grader.course import ExerciseResult, Play, Result, load_lesson
from grader.grading import solutions
from grader.grading.grade import Round, Submission, grade
from grader.running.notebook import Cell
from grader.sandbox import Limits, Sandbox
from making import Sources, solved

LESSON = load_lesson("logistic_regression")
TARGET = "standardize"
HONEST = {"flatten_images": 10, "initialize_with_zeros": 10, "propagate": 20}
PLAYED = (TARGET, *HONEST)
DONE = Result("", "", "", 0, "", tuple(
    ExerciseResult(exercise.name, {}, "passed", (), hidden=Play("passed", ())) for exercise in LESSON.exercises if exercise.name not in PLAYED
))  # fmt: skip
QUICK = Limits(seconds=0.3, memory_mb=256)
ACCUSING = re.compile(r"attack|cheat|forbid|forbidden|suspicious|malicious|illegal|hostile|violat", re.IGNORECASE)


def hostile(body: str, before: str = "") -> Sources:
    """The solved lesson with `body` as the target's first lines; `before` runs while the notebook is loaded."""
    sources = {name: source for name, source in solved(LESSON).items() if name in (*PLAYED, "setup")}
    body = textwrap.indent(textwrap.dedent(body).strip(), "    ")
    sources[TARGET] = f"def {TARGET}(X, max_value):\n{body}\n    return X / max_value"
    return {"setup": sources.pop("setup"), "reach": REACH, "before": textwrap.dedent(before), **sources}


def graded(sandbox: Sandbox, sources: Sources, limits: Limits = QUICK, seed: int = 7) -> Result:
    """The result of the four exercises; the others are taken as done."""
    cells = tuple(Cell(number, source) for number, source in enumerate(sources.values(), 1))
    result = grade(Submission("", "", cells), Round(LESSON.name, 1, seed, limits), sandbox, DONE)
    return replace(result, exercises=tuple(exercise for exercise in result.exercises if exercise.name in PLAYED))


def points(result: Result) -> dict[str, int]:
    return {exercise.name: exercise.points for exercise in result.exercises}


def status(result: Result, name: str = TARGET) -> str:
    return next(exercise.status for exercise in result.exercises if exercise.name == name)


def messages(result: Result, name: str | None = None) -> str:
    """Everything that is said about an exercise, or about all."""
    return "\n".join(
        finding.message
        for exercise in result.exercises
        for case in exercise.cases
        for finding in case.findings
        if name in (None, exercise.name)
    )


def assert_nothing_gained(result: Result) -> None:
    """The target earned nothing, all else its full points; nobody is accused."""
    assert points(result) == {TARGET: 0, **HONEST}, messages(result)
    assert not ACCUSING.search(messages(result)), messages(result)
    assert len(messages(result)) < 20_000


def assert_as_ever(sandbox: Sandbox) -> None:
    assert points(graded(sandbox, hostile(""))) == {TARGET: 5, **HONEST}


# ---- a grader as many are: in one process with what it grades

_NAIVE = """
import builtins, sys
import numpy as np
source = sys.stdin.read()

REFERENCES = {"expected": np.arange(6.0).reshape(2, 3) / 255, "names": []}

def allclose(got, expected):
    return np.allclose(got, expected)

def array_equal(got, expected):
    return np.array_equal(got, expected)

def testing(got, expected):
    np.testing.assert_allclose(got, expected)
    return True

def loop(got, expected):
    return all(abs(a - b) < 1e-6 for a, b in zip(np.ravel(got), np.ravel(expected)))

def in_place(got, expected):
    return np.allclose(got, X / 255)

X = np.arange(6.0).reshape(2, 3)

def grade():
    expected = REFERENCES["expected"]
    names = {"__name__": "notebook"}
    exec(source, names)
    print("points", 5 if globals()[sys.argv[1]](names["standardize"](X, 255), expected) else 0)

grade()
"""


def naive_points(sources: Mapping[str, str], judge: str, folder: Path) -> int:
    """What the target earns in a grader that runs it in its own process; only for what harms nobody."""
    root = Path(solutions.__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", _NAIVE, judge],
        input="\n".join(sources.values()),
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(root), "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    lines = re.findall(r"^points (\d+)$", done.stdout, re.MULTILINE)
    return int(lines[0]) if lines else 0


# ---- processes


def processes(above: int) -> dict[int, str]:
    """{number: state} of all processes that descend from one."""
    parent, state = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            text = (folder / "stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        fields = text.rpartition(")")[2].split()
        state[int(folder.name)], parent[int(folder.name)] = fields[0], int(fields[1])
    found: set[int] = {above}
    while more := {pid for pid, of in parent.items() if of in found and pid not in found}:
        found |= more
    return {pid: state[pid] for pid in found - {above}}

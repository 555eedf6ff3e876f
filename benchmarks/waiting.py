"""What people wait for: imports, help, a check, a lesson, a build, the demo; and how much memory grading takes."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks import peers
from benchmarks.classes import class_of
from benchmarks.grading import LESSON, ROUND, submissions
from benchmarks.measuring import Timings, in_turns, seconds
from grader.authoring.build import lessons, write_solved
from grader.grading.grade import grade
from grader.sandbox import Sandbox

ROOT = peers.ROOT
# What was promised, in seconds.
AIMS = {
    "grader --help": 0.3,
    "import grader, beyond numpy": 0.25,
    "import nnlab, beyond numpy": 0.25,
    "a failing check": 0.15,
    "all lessons under nbval, 2 workers": 150.0,
    "grader build, nothing stale": 10.0,
}
FIRST_CHECK = """
import time
import source_solutions.logistic_regression as solution
names = dict(vars(solution))
BROKEN
start = time.perf_counter()
from grader.student.check import Check
from grader.course import load_lesson
import contextlib, io
with contextlib.redirect_stdout(io.StringIO()):
    check = Check(load_lesson("logistic_regression"), names)
    check("propagate").points
    first = time.perf_counter() - start
    start = time.perf_counter()
    check("propagate").points
print(first, time.perf_counter() - start)
"""
WRONG = 'exec(\'import inspect; exec(inspect.getsource(solution.propagate).replace("X @ (A - Y).T / m", "X @ (A - Y).T"), names)\')'


def python(program: str) -> str:
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=ROOT, env=peers.environment(), capture_output=True, text=True, check=True)
    return done.stdout


def starting(rounds: int) -> Timings:
    """Fresh processes: what each import adds to numpy's, and the command line's first answer."""
    found = in_turns(
        {
            "numpy": partial(python, "import numpy"),
            "grader": partial(python, "import numpy, grader"),
            "nnlab": partial(python, "import numpy, nnlab"),
            "help": partial(python, "import sys; sys.argv = ['grader', '--help']; from grader.cli import main; main()"),
        },
        rounds,
    )
    beyond = {name: beyond_numpy(found, name) for name in ("grader", "nnlab")}
    return {f"import {name}, beyond numpy": times for name, times in beyond.items()} | {"grader --help": found["help"]}


def beyond_numpy(found: Mapping[str, list[float]], name: str) -> list[float]:
    return [whole - numpy for whole, numpy in zip(found[name], found["numpy"], strict=True)]


def checking(rounds: int) -> Timings:
    """A check in a fresh kernel, import included, and the next one; right and wrong."""
    found: Timings = {"the first check": [], "a passing check": [], "a failing check": []}
    for _round in range(rounds):
        first, again = map(float, python(FIRST_CHECK.replace("BROKEN", "")).split())
        _, failing = map(float, python(FIRST_CHECK.replace("BROKEN", WRONG)).split())
        for name, value in zip(found, (first, again, failing), strict=True):
            found[name].append(value)
    return found


def long_ones() -> Timings:
    """Whole commands of some seconds and more, once each: a build, every solved lesson in a fresh kernel, nbval, the demo."""
    with tempfile.TemporaryDirectory() as name:
        solved = Path(name) / "solved"
        command: Callable[..., object] = partial(
            subprocess.run, cwd=ROOT, env=peers.environment(), capture_output=True, check=True
        )
        build = [sys.executable, "-m", "grader", "build"]
        found = {"grader build, nothing stale": [seconds(partial(command, build))]}
        for lesson in lessons():
            found[f"lesson {lesson.folder}"] = [seconds(partial(write_solved, lesson, solved))]
        nbval = [*(sys.executable, "-m", "pytest", "-p", "nbval", "--nbval-lax", "-q", "-n", "2", "--dist", "loadfile")]
        nbval += ["-p", "no:cacheprovider", "--rootdir", str(solved), str(solved)]
        found["all lessons under nbval, 2 workers"] = [seconds(partial(command, nbval))]
        clone = Path(name) / "clone"
        command(["git", "clone", "--quiet", str(ROOT), str(clone)])
        demo = partial(subprocess.run, ["make", "demo"], cwd=clone, capture_output=True, check=True)
        found["make demo, from a fresh clone"] = [seconds(demo)]
        return found


def memory() -> dict[str, int]:
    """The most memory in MB that each process held while a class of sixty was graded."""
    with Sandbox() as sandbox:
        below: dict[str, int] = {}
        for submission in submissions(class_of(LESSON, 60)):
            grade(submission, ROUND, sandbox)
            for pid in descendants():
                below[pid] = max(below.get(pid, 0), peak(pid))
        return {"grader": peak("self"), "zygote and the one that waits for it": sum(below.values())}


def descendants() -> list[str]:
    """The processes below this one that are there for all submissions: the zygote, and its keeper."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        parents[stat.parent.name] = fields[1]
    own, found = {str(os.getpid())}, []
    while own := {pid for pid, parent in parents.items() if parent in own}:
        found += sorted(own)
    return found[:2]


def peak(pid: str) -> int:
    """The most that a process has held so far, in MB."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    # A process that has ended and not been waited for has no memory any more.
    return int(next((line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")), 0)) >> 10


def spread(times: list[float]) -> tuple[float, float, float]:
    low, middle, high = np.percentile(times, [25, 50, 75])
    return float(low), float(middle), float(high)


def now() -> str:
    return time.strftime("%Y-%m-%d")

"""Grading a class of twenty: ours, nbgrader, otter-grader, and the floor (fork, compile, call, compare, nothing else).

The lesson has no training in its cases; the class is right, wrong and crashing in turn.
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import peers
from benchmarks.classes import class_of, handed_out, hostile_class, solved
from benchmarks.measuring import Timings, in_turns, seconds
from grader.authoring.conversion import notebook_text
from grader.course import Outcome, current, load_lesson
from grader.gradebook.pool import Job, Local, grade_all
from grader.grading.grade import Round, Submission, cases, grade
from grader.judging.compare import judge
from grader.running.calling import call
from grader.running.modules import student_names
from grader.running.notebook import define, read_cells
from grader.sandbox import Limits, Sandbox

LESSON = load_lesson("optimisation")
ROUND = Round(LESSON.name, 1, seed=1)
TWENTY = 20
# Seconds that we give a peer for one submission.
PATIENCE = 60


def submissions(texts: dict[str, str]) -> list[Submission]:
    return [Submission(f"{name}.ipynb", name, read_cells(text.encode()).cells) for name, text in texts.items()]


# ---- one submission: ours and the floor


def floor(submission: Submission) -> None:
    """Fork, compile, call the hidden cases, send what they return, compare."""
    read, write = os.pipe()
    hidden = [(e, r) for e in LESSON.exercises for r, visible in cases(LESSON, e, ROUND.seed) if not visible]
    child = os.fork()
    if child == 0:
        names = student_names(current().library_in(LESSON.name))
        define(submission.cells, names)
        values = [call(names[e.name], r.case).value if e.name in names else None for e, r in hidden]
        with os.fdopen(write, "wb") as stream:
            pickle.dump(values, stream)
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as stream:
        values = pickle.load(stream)
    os.waitpid(child, 0)
    for (exercise, reference), value in zip(hidden, values, strict=True):
        judge(exercise, reference, Outcome(value))


def one_submission(rounds: int) -> Timings:
    right = submissions({"right": notebook_text(solved(LESSON))})[0]
    with Sandbox() as sandbox:
        return in_turns({"floor": partial(floor, right), "ours": lambda: grade(right, ROUND, sandbox)}, rounds)


def rates(count: int) -> dict[int, float]:
    """Submissions a second with 1 and 2 workers, their start left out."""
    found = {}
    texts = list(class_of(LESSON, 60).values())
    ready = submissions({str(number): text for number, text in enumerate(texts)})
    for workers in (1, 2):
        jobs = [Job(ready[number % len(ready)], ROUND, str(number)) for number in range(count + 4 * workers)]
        ends = [time.perf_counter() for _job in grade_all(jobs, Local(workers))]
        found[workers] = count / (ends[-1] - ends[-count - 1])
    return found


# ---- the class of twenty, whole commands


def twenty(rounds: int) -> tuple[Timings, dict[str, str]]:
    """Seconds for the class by each grader, and the peers' versions."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        texts = class_of(LESSON, TWENTY)
        write_class(texts, folder / "class")
        by_us(folder)
        timings: Timings = {"ours": [], "nbgrader": [], "otter-grader": []}
        autograder = make_otter(folder)
        for _round in range(rounds):
            timings["ours"].append(by_us(folder))
            timings["nbgrader"].append(by_nbgrader(folder, texts))
            found = by_otter(folder / "class", autograder)
            if silent := [name for name, (_spent, points) in found["found"].items() if points is None]:
                raise peers.PeerError(f"otter-grader: no result for {', '.join(silent)}")
            timings["otter-grader"].append(sum(spent for spent, _points in found["found"].values()))
        return timings, {"otter-grader": found["version"]}


def write_class(texts: dict[str, str], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.ipynb").write_text(text, encoding="utf-8")


def by_us(folder: Path, *options: str) -> float:
    command = ["-m", "grader", "grade", str(folder / "class"), "--lesson", LESSON.name, "--seed", "1", *options]
    program = "import sys; from grader.cli import main; sys.argv[0] = 'grader'; main()"
    command[:2] = ["-c", program]
    return seconds(partial(quietly, sys.executable, *command))


def quietly(*command: str, cwd: Path | None = None, codes: tuple[int, ...] = (0, 2), many: bool = True) -> None:
    limit = TWENTY * PATIENCE if many else PATIENCE
    done = subprocess.run(command, cwd=cwd, env=peers.environment(), capture_output=True, text=True, timeout=limit)
    if done.returncode not in codes:
        raise RuntimeError(f"{' '.join(command[:4])}: {done.stderr[-500:]}")


STOCK = """
from nbgrader.preprocessors import SaveCells
from grader.authoring.preprocessors import PREPROCESSORS

c = get_config()
c.CourseDirectory.source_directory = "source"
c.GenerateAssignment.preprocessors = [*PREPROCESSORS, SaveCells]
"""


def by_nbgrader(folder: Path, texts: dict[str, str]) -> float:
    """`autograde` and `generate_feedback` as they come, one process for all: a kernel for each notebook."""
    course = folder / f"course{time.monotonic_ns()}"
    source = course / "source" / LESSON.folder
    source.mkdir(parents=True)
    (course / "nbgrader_config.py").write_text(STOCK, encoding="utf-8")
    (source / f"{LESSON.name}.ipynb").write_text(notebook_text(solved(LESSON)), encoding="utf-8")
    nbgrader = partial(quietly, sys.executable, "-m", "nbgrader", cwd=course, codes=(0, 1), many=len(texts) > 1)
    nbgrader("generate_assignment", LESSON.folder)
    for student, text in texts.items():
        place = course / "submitted" / student / LESSON.folder
        place.mkdir(parents=True)
        (place / f"{LESSON.name}.ipynb").write_text(text, encoding="utf-8")
    return seconds(partial(nbgrader, "autograde", LESSON.folder)) + seconds(
        partial(nbgrader, "generate_feedback", LESSON.folder)
    )


# ---- otter


TEST = '''OK_FORMAT = True
test = {{
    "name": "{name}",
    "points": {points},
    "suites": [{{"cases": [{{"code": """{code}""", "hidden": False, "locked": False}}], "type": "doctest", "scored": True,
                "setup": "", "teardown": ""}}],
}}
'''
CODE = """>>> import pickle, numpy as np
>>> def same(one, other):
...     if isinstance(one, dict):
...         return all(same(one[key], other[key]) for key in one)
...     return all(map(same, one, other)) if isinstance(one, (tuple, list)) else np.allclose(one, other)
>>> calls = pickle.loads(bytes.fromhex("{data}"))
>>> all(same(expected, {name}(*args, **kwargs)) for args, kwargs, expected in calls)
True
"""


def make_otter(folder: Path) -> Path:
    """Otter's autograder zip: one test for each exercise, which compares as its users do, with np.allclose."""
    tests = folder / "tests"
    tests.mkdir()
    names: dict[str, Any] = student_names(current().library_in(LESSON.name))
    define(submissions({"right": notebook_text(solved(LESSON))})[0].cells, names)
    for exercise in LESSON.exercises:
        if exercise.observe:
            # What is drawn cannot be compared in this way.
            continue
        visible = [r.case for r, seen in cases(LESSON, exercise, ROUND.seed) if seen and not r.case.given]
        calls = [(c.args, dict(c.kwargs), call(names[exercise.name], c).value) for c in visible]
        code = CODE.format(data=pickle.dumps(calls).hex(), name=exercise.name)
        text = TEST.format(name=exercise.name, points=exercise.max_points, code=code)
        (tests / f"{exercise.name}.py").write_text(text, encoding="utf-8")
    otter = peers.python("otter").parent / "otter"
    autograder = folder / "autograder.zip"
    quietly(str(otter), "generate", "-t", str(tests), "-o", str(autograder), cwd=folder)
    return autograder


def by_otter(folder: Path, autograder: Path) -> Any:
    return peers.run("otter", "benchmarks.otter_loop", folder, autograder, PATIENCE)


# ---- hostile members


def hostile() -> dict[str, dict[str, tuple[float, float | None]]]:
    """{what it does: {grader: (seconds, points)}}; None where a grader has no result. 100 points less those of one exercise are right."""
    texts = hostile_class(LESSON)
    found: dict[str, dict[str, tuple[float, float | None]]] = {name: {} for name in texts}
    with tempfile.TemporaryDirectory() as name, Sandbox() as sandbox:
        folder = Path(name)
        grade(submissions({"": handed_out(LESSON)})[0], ROUND, sandbox)
        autograder = make_otter(folder)
        for (what, text), submission in zip(texts.items(), submissions(texts), strict=True):
            start = time.perf_counter()
            points = grade(submission, Round(LESSON.name, 1, 1, Limits()), sandbox).points
            found[what]["ours"] = time.perf_counter() - start, points
            write_class({"one": text}, folder / what)
            found[what]["otter-grader"] = tuple(by_otter(folder / what, autograder)["found"]["one"])
            try:
                found[what]["nbgrader"] = by_nbgrader(folder, {"one": text}), nbgrader_points(folder)
            except subprocess.TimeoutExpired:
                found[what]["nbgrader"] = PATIENCE, None
    return found


def nbgrader_points(folder: Path) -> float | None:
    """The points of the only student in the newest course there."""
    from nbgrader.api import Gradebook, MissingEntry

    course = max(folder.glob("course*"))
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        try:
            return float(book.find_submission(LESSON.folder, "one").score)
        except MissingEntry:
            return None


if __name__ == "__main__":
    print(json.dumps({"one": one_submission(5), "rates": rates(60)}))

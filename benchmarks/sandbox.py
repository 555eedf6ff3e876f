"""What the sandbox costs, as ratios within one run; raw timings go to benchmarks/results/sandbox.json.

python benchmarks/sandbox.py                 per submission: in process, in the sandbox, in a fresh interpreter
python benchmarks/sandbox.py --nbgrader      and `nbgrader autograde` with its feedback, on the same twenty (minutes)
python benchmarks/sandbox.py --leak 10000    that many submissions in one run: is memory flat?
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

import demo.sample_class as sample
from benchmarks.measuring import in_turns
from grader.authoring import build
from grader.course import ExerciseResult, Result, current
from grader.gradebook.pool import Job, Local, grade_all
from grader.grading.grade import Round, Submission, cases, grade
from grader.judging.points import Played
from grader.judging.reasons import explained
from grader.running.calling import call
from grader.running.modules import student_names
from grader.running.notebook import define, read_cells
from grader.sandbox import Limits, Sandbox, Session
from grader.sandbox.process import Process

ROOT = Path(__file__).resolve().parents[1]
LESSON = sample.LESSON
ROUND = Round(LESSON.name, 1, seed=1)
NOTEBOOK = sample.sample_class()["ada"]
SUBMISSION = Submission("ada.ipynb", "ada", read_cells(NOTEBOOK.encode()).cells)
TWENTY = 20


def in_process() -> None:
    """What grading costs without any isolation: load, call, compare."""
    names = student_names(current().library_in(LESSON.name))
    define(SUBMISSION.cells, names)
    for exercise in LESSON.exercises:
        # All is right, so `grade` calls the hidden cases alone.
        hidden = [r for r, visible in cases(LESSON, exercise, ROUND.seed) if not visible]
        explained(exercise, [Played(r, call(names[exercise.name], r.case), visible=False) for r in hidden])


class FreshInterpreters(Sandbox):
    """In place of a fork: an interpreter started for each submission, with nothing denied to it."""

    def session(self, lesson: str, limits: Limits) -> Session:  # noqa: ARG002
        ours, theirs = socket.socketpair()
        program = f"import os; os.dup2({theirs.fileno()}, 3); from grader.sandbox.serving import serve; serve()"
        with theirs:
            self.process = subprocess.Popen([sys.executable, "-c", program], pass_fds=[theirs.fileno(), 3])
        return Session(Process(ours, os.pidfd_open(self.process.pid)), limits)


def seconds(work: Callable[[], object], times: int) -> list[float]:
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return found


def one_by_one() -> dict[str, list[float]]:
    fresh = FreshInterpreters()

    def in_fresh() -> None:
        grade(SUBMISSION, ROUND, fresh)
        fresh.process.wait()

    with Sandbox() as sandbox:
        ways = {"in process": in_process, "fresh interpreter": in_fresh}
        for level in ("full", "process", "none"):
            round = replace(ROUND, limits=Limits(isolation=level))
            ways[level] = lambda round=round: grade(SUBMISSION, round, sandbox)  # type: ignore[misc]
        return in_turns(ways, TWENTY)


def throughput(workers: int, submissions: int) -> float:
    """Submissions a second, the start of the workers left out."""
    jobs = [Job(SUBMISSION, ROUND, str(number)) for number in range(submissions + 4 * workers)]
    ends = [time.perf_counter() for _job in grade_all(jobs, Local(workers))]
    return submissions / (ends[-1] - ends[-submissions - 1])


def nbgrader() -> list[float]:
    """Seconds of `nbgrader autograde` and `generate_feedback` for twenty submissions of the same notebook."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(ROOT / "nbgrader_config.py", folder)
        env = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}

        def run(*arguments: str) -> None:
            subprocess.run(
                [sys.executable, "-m", "nbgrader", *arguments], cwd=folder, env=env, check=True, capture_output=True
            )

        build.write_solved(LESSON, folder / "source")
        run("generate_assignment", LESSON.folder)
        for number in range(TWENTY):
            target = folder / "submitted" / f"s{number}" / LESSON.folder
            target.mkdir(parents=True)
            (target / f"{LESSON.name}.ipynb").write_text(NOTEBOOK, encoding="utf-8")
        return seconds(lambda: run("autograde", LESSON.folder), 1) + seconds(
            lambda: run("generate_feedback", LESSON.folder), 1
        )


def memory(pid: int | str) -> int:
    """Resident kilobytes."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")))


def zygotes() -> list[int]:
    """The processes under this one: the zygote, and where it has namespaces the process that waits for it."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    own, found = [os.getpid()], []
    while own:
        found += (own := [child for pid in own for child in children.get(pid, [])])
    return sorted(found)


# Quick ones, so that ten thousand are a matter of minutes; every tenth ends its own process.
_LEFT_OUT = ("optimize", "model")
DONE = Result("", "", "", 0, "", tuple(ExerciseResult(name, {}, "passed", ()) for name in _LEFT_OUT))


def leak(submissions: int) -> dict[str, list[int]]:
    """Resident memory of the grader and of the zygote, and the number of processes, over a run."""
    ended = replace(
        SUBMISSION,
        cells=(
            *SUBMISSION.cells,
            replace(
                SUBMISSION.cells[0], source='import warnings\ndef predict(w, b, X): warnings.sys.modules["os"]._exit(0)'
            ),
        ),
    )
    seen: dict[str, list[int]] = {"grader KB": [], "zygote KB": [], "processes": [], "descriptors": []}
    with Sandbox() as sandbox:
        for number in range(submissions):
            grade(ended if number % 10 == 9 else SUBMISSION, ROUND, sandbox, DONE)
            if number % max(1, submissions // 10) == submissions // 20:
                time.sleep(0.5)  # the last fork is gone by then
                below = zygotes()
                seen["grader KB"].append(memory("self"))
                seen["zygote KB"].append(sum(map(memory, below)))
                seen["processes"].append(len(below))
                seen["descriptors"].append(len(os.listdir("/proc/self/fd")))
    return seen


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nbgrader", action="store_true")
    parser.add_argument("--leak", type=int, default=0, metavar="N")
    asked = parser.parse_args()
    found: dict[str, object] = {"machine": f"{platform.platform()}, {os.cpu_count()} cores", "load": os.getloadavg()}
    if asked.leak:
        found["leak"] = leak(asked.leak)
        print(json.dumps(found["leak"], indent=1))
    else:
        times = one_by_one()
        found["seconds"] = times
        base = float(np.median(times["in process"]))
        print(f"{'one submission':24}{'ms':>8}{'added':>8}{'ratio':>8}   (median of {TWENTY}, alternating)")
        for name, values in times.items():
            middle = float(np.median(values))
            print(f"{name:24}{middle * 1e3:8.1f}{(middle - base) * 1e3:8.1f}{middle / base:8.2f}")
        found["submissions a second"] = rate = throughput(workers=2, submissions=200)
        print(f"2 workers: {rate:.1f} submissions a second; the functions alone would allow {2 / base:.1f}")
    if asked.nbgrader:
        found["nbgrader, autograde and feedback, seconds"] = both = nbgrader()
        print(f"nbgrader: {sum(both) / TWENTY:.2f} s a submission")
        if not asked.leak:
            print(f"grader grade has {sum(both) / TWENTY * rate:.0f} times its throughput")
    path = (
        ROOT
        / "benchmarks"
        / "results"
        / f"sandbox{'_leak' if asked.leak else ''}{'_nbgrader' if asked.nbgrader else ''}.json"
    )
    path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

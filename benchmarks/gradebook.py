"""A large class: submissions a second, memory of the grader, what Dask adds, and what `kill -9` changes (nothing).

python -m benchmarks.gradebook                       rates in turns, time outside the sandbox, what one process can feed
python -m benchmarks.gradebook --memory 100 1000     whole runs of `grader grade` of that many submissions
python -m benchmarks.gradebook --kills 5             that many kills each of the grader, a worker, a zygote, a Dask worker

The class is right, wrong and crashing in turn, in lesson 04, whose functions are small. Raw timings go to
results/gradebook.json, each part in the place of an earlier one.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.classes import class_of
from benchmarks.measuring import machine
from grader.course import load_lesson
from grader.gradebook import Gradebook, Settings, grade_paths
from grader.gradebook.cluster import Cluster
from grader.gradebook.pool import Backend, Job, Local, grade_all
from grader.grading.grade import Round, Submission
from grader.running.notebook import read_cells
from grader.sandbox import Session

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results" / "gradebook.json"
sys.path.insert(0, str(ROOT / "tests"))
from killing import below, stored, wait_for  # noqa: E402

LESSON = load_lesson("gradient_checking")
ROUND = Round(LESSON.name, 1, seed=1)
KINDS = list(class_of(LESSON, 60).values())


def notebooks(count: int) -> Iterator[str]:
    """As many different files: they end in the number, written with blanks."""
    for number in range(count):
        yield KINDS[number % len(KINDS)] + f"{number:016b}".replace("0", " ").replace("1", "\n")


@contextmanager
def class_folder(count: int) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "class"
        folder.mkdir()
        for number, text in enumerate(notebooks(count)):
            (folder / f"s{number:05}.ipynb").write_text(text, encoding="utf-8")
        yield folder


# ---- submissions a second


def rate(place: Callable[[], Backend], count: int) -> float:
    """Submissions a second, the start of the workers left out."""
    warm = 16
    texts = notebooks(count + warm)
    jobs = (
        Job(Submission(f"{n}.ipynb", f"s{n}", read_cells(text.encode()).cells), ROUND, str(n))
        for n, text in enumerate(texts)
    )
    ends = [time.perf_counter() for _graded in grade_all(jobs, place())]
    return count / (ends[-1] - ends[warm - 1])


def rates(rounds: int, count: int) -> dict[str, list[float]]:
    """Of each way, in turns: what else the machine does falls on all of them."""
    with dask(2) as (address, _worker):
        ways: dict[str, Callable[[], Backend]] = {
            "one worker": partial(Local, 1),
            "two workers": partial(Local, 2),
            "two Dask workers": partial(Cluster, address),
        }
        found: dict[str, list[float]] = {name: [] for name in ways}
        for _round in range(rounds):
            for name, way in ways.items():
                found[name].append(rate(way, count))
    return found


@contextmanager
def dask(workers: int) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The address of a new scheduler with that many workers, and the process that keeps these alive."""
    with tempfile.TemporaryDirectory() as name:

        def start(*what: object) -> subprocess.Popen[bytes]:
            command = [sys.executable, "-m", "dask", *map(str, what), "--no-dashboard"]
            return subprocess.Popen(command, cwd=name, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

        file = Path(name) / "scheduler.json"
        scheduler = start("scheduler", "--host", "127.0.0.1", "--port", 0, "--scheduler-file", file)
        while not (file.exists() and file.stat().st_size):
            time.sleep(0.1)
        address = json.loads(file.read_text(encoding="utf-8"))["address"]
        keeper = start("worker", address, "--nworkers", workers, "--nthreads", 1)
        try:
            while True:
                with Cluster(address) as cluster:
                    if cluster.workers() == workers:
                        break
                time.sleep(0.5)
            yield address, keeper
        finally:
            for process in (keeper, scheduler):
                process.terminate()
                process.wait()


# ---- where the time goes


def cpu(count: int) -> dict[str, float]:
    """CPU seconds of a run with one worker, by where they were spent: in students' processes or in the grader's."""
    inside = 0.0
    close = Session.close

    def noting(session: Session) -> None:
        nonlocal inside
        if not session.ended:
            inside += session._clock()
        close(session)

    with class_folder(count) as folder:
        grade_paths([folder], None, Settings(LESSON.name, seed=1, workers=1))  # what is drawn once
        Session.close = noting  # type: ignore[method-assign]
        before, start = own_cpu(), time.perf_counter()
        try:
            grade_paths([folder], None, Settings(LESSON.name, seed=1, workers=1))
        finally:
            Session.close = close  # type: ignore[method-assign]
        outside = own_cpu() - before
        wall = time.perf_counter() - start
    return {"submissions": count, "students' processes": inside, "grader": outside, "wall": wall}


def feeding(fewer: int, more: int) -> dict[str, float]:
    """CPU milliseconds for each submission in the process that reads, hands out and stores, the start left out."""
    with class_folder(more) as many, class_folder(fewer) as few, dask(2) as (address, _worker):
        found = {}
        for name, settings in {
            "two workers": Settings(LESSON.name, seed=1, workers=2),
            "two Dask workers": Settings(LESSON.name, seed=1, scheduler=address),
        }.items():
            spent = []
            for folder in (few, few, many):
                before = own_cpu()
                grade_paths([folder], None, settings)
                spent.append(own_cpu() - before)
            found[name] = (spent[2] - spent[1]) / (more - fewer) * 1e3
    return found


def own_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


# ---- whole runs


def command(folder: Path, kept: Path, *more: object) -> list[str]:
    asked = ["grade", folder, "--lesson", LESSON.name, "--out", kept, "--seed", 5, *more]
    return [sys.executable, "-m", "grader", *map(str, asked)]


def whole_run(count: int) -> dict[str, Any]:
    """Seconds of `grader grade --workers 2`, and the most memory of the grader while it graded, by its progress."""
    with class_folder(count) as folder:
        kept = folder.parent / "kept"
        start = time.perf_counter()
        held: dict[int, int] = {}
        peak = 0
        with subprocess.Popen(
            command(folder, kept, "--workers", 2), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as run:
            graded_at = 0.0
            while run.poll() is None:
                done = stored(kept)
                if done == count and not graded_at:
                    graded_at = time.perf_counter() - start
                held[done * 10 // count] = memory(run.pid, "VmRSS") or held.get(done * 10 // count, 0)
                peak = memory(run.pid, "VmHWM") or peak
                time.sleep(0.2)
        seconds = time.perf_counter() - start
        book = (kept / "gradebook.sqlite").stat().st_size
    return {
        "submissions": count,
        "seconds": seconds,
        "seconds until all were graded": graded_at,
        "peak MB, report included": round(peak / 1024, 1),
        "MB by tenth of the class graded": [round(held[tenth] / 1024, 1) for tenth in sorted(held)],
        "gradebook MB": round(book / 2**20, 1),
    }


def memory(pid: int, what: str) -> int:
    """Kilobytes; 0 where the process has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
        return next((int(line.split()[1]) for line in status.splitlines() if line.startswith(what)), 0)
    except OSError:
        return 0


# ---- kills

MARKS = {"worker": "spawn_main", "zygote": "grader.sandbox.zygote"}


def kills(times: int, count: int = 40) -> dict[str, Any]:
    """{what was killed: [after how many grades, and whether all results were those of an undisturbed run]}."""
    rng = random.Random(0)
    with class_folder(count) as folder:
        subprocess.run(command(folder, folder.parent / "whole", "--workers", 2), capture_output=True, check=True)
        expected = results(folder.parent / "whole")
        found: dict[str, Any] = {}
        with dask(2) as (address, keeper):
            for what in ("grader", "worker", "zygote", "Dask worker"):
                found[what] = []
                for time_ in range(times):
                    kept = folder.parent / f"{what}{time_}"
                    at = rng.randrange(1, count - 5)
                    place = ["--scheduler", address] if what == "Dask worker" else ["--workers", 2]
                    after = disturbed(partial(command, folder, kept, *place), kept, at, what, keeper.pid)
                    found[what].append({"after": after, "equal": results(kept) == expected})
                    print(what, found[what][-1], flush=True)
    return found


def disturbed(line: Callable[[], list[str]], kept: Path, at: int, what: str, keeper: int) -> int:
    """Kill something once that many grades are there, and see the class graded all the same; how many there were."""
    with subprocess.Popen(line(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
        wait_for(kept, at, 300)
        top = keeper if what == "Dask worker" else run.pid
        mark = MARKS.get(what.removeprefix("Dask "))
        pids = [pid for pid, args in below(top).items() if mark in args] if mark else [run.pid]
        os.kill(pids[0], signal.SIGKILL)
        after = stored(kept)
    if what == "grader":
        subprocess.run(line(), capture_output=True, check=True)
    return after


def results(kept: Path) -> list[Any]:
    with Gradebook(kept) as book:
        return list(book.results())


# ---- the record


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--memory", type=int, nargs="+", default=[], metavar="N")
    parser.add_argument("--kills", type=int, default=0, metavar="N")
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    if asked.memory:
        for count in asked.memory:
            record(f"whole run of {count}", whole_run(count))
    elif asked.kills:
        record("kills", kills(asked.kills))
    else:
        record("submissions a second, in turns", found := rates(asked.rounds, 200))
        for name, values in found.items():
            ratio = np.median(np.divide(values, found["one worker"]))
            print(f"{name:18}{np.median(values):8.1f} a second{ratio:8.2f} of one worker")
        record("CPU seconds", cpu(200))
        record("CPU ms for each submission in the process that hands out", feeding(50, 250))


def record(part: str, found: Any) -> None:
    """Beside what was measured before, with the state of the machine."""
    raw = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    raw[part] = {"machine": machine(), "found": found}
    RESULTS.write_text(json.dumps(raw, indent=1) + "\n", encoding="utf-8")
    print(part, json.dumps(found), flush=True)


if __name__ == "__main__":
    main()

"""Watches a run of the grader from outside, and ends its processes."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

LESSON = "logistic_regression"


def command(folder: Path, kept: Path, *more: object) -> list[str]:
    """`grader grade` of a class, into `kept`."""
    asked = ["grade", folder, "--lesson", LESSON, "--out", kept, "--seed", 5, "--json", *more]
    return [sys.executable, "-m", "grader.cli", *map(str, asked)]


def stored(kept: Path) -> int:
    """How many grades are in the book of a run that is under way."""
    try:
        database = sqlite3.connect(f"file:{kept / 'gradebook.sqlite'}?mode=ro", uri=True, timeout=1)
        try:
            return database.execute("SELECT COUNT(*) FROM grades").fetchone()[0]
        finally:
            database.close()
    except sqlite3.Error:
        return 0


def wait_for(kept: Path, grades: int, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while stored(kept) < grades:
        assert time.monotonic() < end, f"{stored(kept)} grades after {seconds} s"
        time.sleep(0.01)


def below(pid: int) -> dict[int, str]:
    """{process: its command} of everything that a process started, and what those started."""
    listed = subprocess.run(["ps", "-ww", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 2) for line in listed.splitlines()]
    found, parents = {}, {str(pid)}
    while parents:
        now = {row[0]: row[2] for row in rows if row[1] in parents}
        found |= {int(child): args for child, args in now.items()}
        parents = set(now)
    return found


def kill(run: subprocess.Popen, what: str) -> None:
    """SIGKILL for a process of a run: the grader itself, one of its workers, or a zygote of one."""
    mark = {"worker": "spawn_main", "zygote": "grader.sandbox.zygote"}.get(what)
    found = [pid for pid, args in below(run.pid).items() if mark in args] if mark else [run.pid]
    os.kill(found[0], signal.SIGKILL)

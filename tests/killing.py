"""Watches a run of the grader from outside, and ends its processes."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from making import Sources, edited, notebook

LESSON = "logistic_regression"


def waiting_class(
    folder: Path, solution: Sources, count: int, seconds: float, last: Mapping[int, str] | None = None
) -> Path:
    """A new folder with so many submissions that wait so long in each call of one function; `last` cells of some."""
    folder.mkdir()
    waits = edited(solution, "standardize", "X_scaled =", f"import time; time.sleep({seconds}); X_scaled =")
    for n in range(count):
        sources = [waits["setup"], waits["standardize"] + f"\n# student {n}", (last or {}).get(n, "")]
        (folder / f"s{n}.ipynb").write_bytes(notebook(sources))
    return folder


def command(folder: Path, kept: Path, *more: object) -> list[str]:
    """`grader grade` of a class, into `kept`."""
    asked = ["grade", folder, "--lesson", LESSON, "--out", kept, "--seed", 5, "--json", *more]
    return [sys.executable, "-m", "grader", *map(str, asked)]


def stored(kept: Path) -> int:
    """How many grades are in the book of a run that is under way."""
    try:
        database = sqlite3.connect(f"file:{kept / 'gradebook.sqlite'}?mode=ro", uri=True, timeout=1)
        try:
            return int(database.execute("SELECT COUNT(*) FROM grades").fetchone()[0])
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
    parents = dict(filter(None, map(_parent, Path("/proc").glob("[0-9]*"))))
    found: dict[int, str] = {}
    above = {pid}
    while above := {child for child, parent in parents.items() if parent in above}:
        found |= {child: command_line(child) for child in above}
    return found


def _parent(folder: Path) -> tuple[int, int] | None:
    """A process and the one above it, unless it has just ended."""
    try:
        return int(folder.name), int((folder / "stat").read_text(errors="replace").rpartition(")")[2].split()[1])
    except OSError:
        return None


def command_line(pid: int) -> str:
    """What a process was started with; '' if it has just ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(errors="replace").replace("\0", " ")
    except OSError:
        return ""


def kill(run: subprocess.Popen[Any], what: str) -> None:
    """SIGKILL for a process of a run: the grader itself, one of its workers, or a zygote of one."""
    mark = {"worker": "spawn_main", "zygote": "grader.sandbox.zygote"}.get(what)
    found = [pid for pid, args in below(run.pid).items() if mark in args] if mark else [run.pid]
    os.kill(found[0], signal.SIGKILL)

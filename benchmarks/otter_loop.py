"""Seconds and points of otter's `grade_submission` for each notebook of a folder. Runs in otter's own environment.

python -m benchmarks.otter_loop FOLDER AUTOGRADER.zip LIMIT
"""

from __future__ import annotations

import contextlib
import io
import json
import multiprocessing
import sys
import time
from pathlib import Path
from queue import Empty


def graded(path: str, autograder: str, answers: multiprocessing.Queue) -> None:  # type: ignore[type-arg]
    from otter.api import grade_submission

    with contextlib.redirect_stdout(io.StringIO()):
        answers.put(float(grade_submission(path, autograder, quiet=True).total))


def one(path: Path, autograder: str, limit: float) -> tuple[float, float | None]:
    """Seconds, and points where there are any. Otter has no limit of its own: after `limit` seconds we end it."""
    context = multiprocessing.get_context("fork")
    answers = context.Queue()
    process = context.Process(target=graded, args=(str(path), autograder, answers))
    start = time.perf_counter()
    process.start()
    process.join(limit)
    seconds = time.perf_counter() - start
    if process.is_alive():
        process.kill()
        process.join()
    try:
        return seconds, answers.get(timeout=1)
    except Empty:
        return seconds, None


if __name__ == "__main__":
    folder, autograder, limit = Path(sys.argv[1]), sys.argv[2], float(sys.argv[3])
    import otter  # loaded once, before the clock runs: a loop in one process pays for it once

    found = {path.stem: one(path, autograder, limit) for path in sorted(folder.glob("*.ipynb"))}
    print(json.dumps({"version": otter.__version__, "found": found}))

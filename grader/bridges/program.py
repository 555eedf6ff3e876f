"""`grader.grade`: one notebook, graded by a program of somebody's own."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

from ..course import Result
from ..course.courses import using
from ..course.files import FileError
from ..running.bounds import MEMORY_MB, SECONDS


def grade(
    path: str | Path,
    lesson: str | None = None,
    course: str | Path | None = None,
    *,
    seed: int | None = None,
    seconds: float = SECONDS,
    memory_mb: int = MEMORY_MB,
    total: float | None = None,
    isolation: str | None = None,
) -> Result:
    """The result of one notebook, with hidden cases, in a sandbox: what `grader grade PATH` finds. Nothing is kept.

    lesson       which lesson it is, where the file does not say
    course       the folder of its course; the installed one, or the one that $NNBH_COURSE names, where none is given
    seed         of the hidden cases, the same for everybody who is to be compared; another one for each call where none is given
    seconds      of CPU for one exercise
    memory_mb    for the whole notebook, in MiB
    total        seconds that may pass for the whole notebook; no limit of its own where none is given
    isolation    "full", or "wasm" where that cannot be had, which is what is used where none is given; less for people whom you
                 trust: "process", "none"

    `result.error` says in one line why a file could not be graded. What its student may read while the round is open is in
    `exercise.cases` and `exercise.status`; `result.in_full()` is for the instructor.
    Raises GraderError for what the caller can put right: a folder in place of a file, no such lesson or course, a machine
    that gives less isolation than was asked for. For one thread at a time.
    """
    path = Path(path)
    if path.is_dir():
        raise FileError(f"{path} is a folder: name one notebook; `grader grade` grades a folder")
    with using(Path(course)) if course else nullcontext():
        # Loading it takes the version of the course that is used.
        from ..course import load_lesson
        from ..gradebook import Settings, grade_paths
        from ..sandbox import Limits, level_of

        chosen = load_lesson(lesson).name if lesson else None
        limits = Limits(seconds, memory_mb, level_of(isolation), total)
        results, _look = grade_paths([path], None, Settings(chosen, seed, limits=limits, workers=1))
    if len(results) != 1:
        raise FileError(f"{path} holds {len(results)} submissions: name one notebook; `grader grade` grades several")
    return results[0]

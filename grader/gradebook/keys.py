"""The cache key of a grade: a hash of everything that can change a submission's points."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from pathlib import Path

import numpy as np

from ..course import Course, current
from ..grading import stamps
from ..grading.grade import Round


def key_of(digest: str, round: Round) -> str:
    """A sha256 over everything that decides the points of a file, whose own sha256 is `digest`."""
    parts = [
        digest,
        round.lesson,
        round.number,
        round.seed,
        round.limits,
        round.helpers,
        fingerprint(current(), round.lesson),
    ]
    return hashlib.sha256(repr(parts).encode()).hexdigest()


# What grading is made of: what is changed in a report or a command changes no mark, so nothing is graded again for it.
GRADING = frozenset(["course", "grading", "judging", "running", "sandbox", "words"])


@cache
def fingerprint(course: Course, lesson: str) -> str:
    """A sha256 over solutions, cases, points, the code that grades or is given, and the versions of Python and numpy."""
    here = Path(__file__).parents[1]
    digest = hashlib.sha256(repr((sys.version_info[:2], np.__version__, stamps.stamps(course.lesson(lesson)))).encode())
    code = [path for path in here.rglob("*.py") if path.relative_to(here).parts[0].removesuffix(".py") in GRADING]
    given = course.given.glob("*.py")
    for path in sorted([*code, *given]):
        digest.update(path.read_bytes())
    return digest.hexdigest()

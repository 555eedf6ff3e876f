"""The versions a process grades with; processes with equal versions give equal marks."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .. import __version__
from ..course import Course, current

_ENGINE = Path(__file__).parents[1]


@dataclass(frozen=True)
class Versions:
    """`code` is a sha256 over the grader, the solutions and the stored cases. Prints as one line for people."""

    grader: str
    code: str
    numpy: str
    python: str

    def __str__(self) -> str:
        return f"grader {self.grader} (code {self.code[:8]}), numpy {self.numpy}, Python {self.python}"


def _code() -> str:
    digest = hashlib.sha256()
    for root, path in _deciding(current()):
        digest.update(hashlib.sha256(path.relative_to(root).as_posix().encode()).digest())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _deciding(course: Course) -> Iterator[tuple[Path, Path]]:
    """The files that decide marks, each with the folder in which it has its name."""
    places = [(_ENGINE, "**/*.py"), (course.packs, "*.pack"), (course.given.parent, "**/*.py")]
    for root, pattern in [*places, (course.sources, "*.py"), (course.sources, "*/*.py")]:
        for path in sorted(root.glob(pattern)):
            yield root, path


# Taken when the grader is loaded: a worker that runs since before an update has what it had then, not what is on disk.
HERE = Versions(__version__, _code(), np.__version__, ".".join(platform.python_version_tuple()[:2]))


def here() -> Versions:
    """The versions of the process that calls it."""
    return HERE

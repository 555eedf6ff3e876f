"""What the cells of a solved lesson show, kept until something of the lesson changes: executing a course takes minutes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import nbformat
import numpy as np
from nbformat import NotebookNode

from grader import __version__
from grader.authoring.build import notebook_of, source_of, write_solved
from grader.course import Lesson, current
from grader.course.packaged import data_files


def solved(lesson: Lesson, cache: Path) -> NotebookNode:
    """The executed solved notebook. Raises BuildError where a cell of it fails."""
    folder = cache / _key(lesson)
    path = notebook_of(lesson, folder)
    if not path.is_file():
        write_solved(lesson, folder)
    return nbformat.read(path, as_version=4)


def _key(lesson: Lesson) -> str:
    """A digest of what the outputs are computed from: the lesson, what it imports, data, and the engine."""
    digest = hashlib.sha256(f"{__version__} numpy {np.__version__}".encode())
    for path in _inputs(lesson):
        digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _inputs(lesson: Lesson) -> Iterator[Path]:
    course = current()
    yield source_of(lesson)
    yield from sorted(course.folder.joinpath(course.library).rglob("*.py")) if course.library else ()
    yield from data_files(course)

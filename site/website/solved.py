"""What the cells of a solved lesson show, kept until something of the lesson changes: executing a course takes minutes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from grader import __version__
from grader.authoring import catalogues
from grader.authoring.build import notebook_of, source_of, write_solved
from grader.course import Lesson, current
from grader.course.packaged import data_files

if TYPE_CHECKING:
    from nbformat import NotebookNode


def solved(lesson: Lesson, cache: Path, language: str = "") -> NotebookNode:
    """The executed solved notebook, in a language. Raises BuildError where a cell of it fails."""
    import nbformat

    folder = cache / _key(lesson, language)
    path = notebook_of(lesson, folder, language)
    if not path.is_file():
        write_solved(lesson, folder, language)
    return nbformat.read(path, as_version=4)


def _key(lesson: Lesson, language: str) -> str:
    """A digest of what the outputs are computed from: the lesson, its translation, what it imports, data, and the engine."""
    digest = hashlib.sha256(f"{__version__} numpy {np.__version__}".encode())
    for path in _inputs(lesson, language):
        digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _inputs(lesson: Lesson, language: str) -> Iterator[Path]:
    course = current()
    yield source_of(lesson)
    yield from (catalogues.path_of(lesson, language),) if language else ()
    yield from sorted(course.folder.joinpath(course.library).rglob("*.py")) if course.library else ()
    yield from data_files(course)

"""What the laws hand in: notebooks of a lesson's solutions and stubs, and solutions by hand among the others."""

from __future__ import annotations

import ast
import linecache
import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any

from ...course import Lesson, current
from ...grading.solutions import source_path
from ...running.modules import student_names
from ...running.notebook import Cell, define, read_cells
from ..build import source_of

# {function: the source of its cell}, after what stands around them, which is called "setup"
Sources = Mapping[str, str]


@cache
def solved(lesson: Lesson) -> tuple[Cell, ...]:
    """The code of the solved lesson, as `grader build` makes it."""
    return _code(lesson, released=False)


@cache
def stubs(lesson: Lesson) -> tuple[Cell, ...]:
    """The code of the notebook that a student gets."""
    return _code(lesson, released=True)


def _code(lesson: Lesson, *, released: bool) -> tuple[Cell, ...]:
    from .. import conversion

    notebook = conversion.read_source(lesson, source_of(lesson).read_text(encoding="utf-8"))
    text = conversion.notebook_text(conversion.release(notebook) if released else notebook)
    return tuple(read_cells(text.encode()).cells)


def functions(lesson: Lesson, cells: Sequence[Cell]) -> dict[str, Any]:
    """The names that the cells define, as they do while they are graded."""
    names = student_names(current().library_in(lesson.name))
    define(cells, names)
    return names


@cache
def sources(lesson: Lesson) -> Sources:
    """The solutions, each a cell of its own."""
    text = source_path(lesson).read_text(encoding="utf-8")
    parts = defaultdict(list)
    for node in ast.parse(text).body:
        parts[getattr(node, "name", "setup")].append(ast.get_source_segment(text, node) or "")
    return {name: "\n".join(found) for name, found in parts.items()}


def among_solutions(lesson: Lesson, exercise: str, file: Path) -> Sources:
    """The solutions, that of one exercise replaced by a file."""
    others = {name: source for name, source in sources(lesson).items() if name != exercise}
    return {**others, exercise: file.read_text(encoding="utf-8")}


def run(cells: Sources) -> dict[str, Any]:
    """The names of a notebook whose cells have been run, as in a kernel: everything runs, not the definitions alone."""
    names: dict[str, Any] = {"__name__": "__main__"}
    for source in cells.values():
        exec(_compiled(source), names)
    return names


def as_cells(sources: Sources) -> tuple[Cell, ...]:
    return tuple(Cell(number, source) for number, source in enumerate(sources.values()))


@cache
def _compiled(source: str) -> CodeType:
    """The code of a cell, whose source is at hand as in a kernel."""
    filename = f"<cell {zlib.crc32(source.encode())}>"
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    return compile(source, filename, "exec")

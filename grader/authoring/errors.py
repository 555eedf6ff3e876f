"""The error of a lesson that cannot be built, and how it quotes a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..course import Lesson
from ..words.errors import GraderError

if TYPE_CHECKING:
    from nbformat import NotebookNode


class BuildError(GraderError):
    """A lesson that cannot be built; the message quotes the cell or names the exercise."""


def in_cell(lesson: Lesson, what: str, cell: NotebookNode) -> str:
    """What is wrong, in which file, and the cell."""
    quoted = "\n".join("    | " + line for line in cell.source.split("\n"))
    return f"{lesson.name}/lesson.py: {what}, in this cell:\n{quoted}"

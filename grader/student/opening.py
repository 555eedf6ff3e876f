"""Opens a lesson in a running notebook: `grader.load(NAME).check`, whatever the state of the course."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from ..course import CourseError, Lesson, load_lesson
from ..course.changes import age, version_of
from ..course.courses import choose_nearest
from ..course.faults import fault_message
from ..course.packs import PackError
from ..running.notebook import NotebookError, read_cells
from ..words import for_stream
from ..words.language import VARIABLE
from .check import Check


@dataclass(frozen=True)
class OpenLesson:
    """A lesson and its check, as a notebook holds them."""

    lesson: Lesson
    check: Check


def load(name: str, language: str = "") -> OpenLesson:
    """The lesson of that name, ready to check the functions of this notebook. Raises UnknownLesson.

    language: 'en', 'zh_CN' or 'ja', in which this kernel says everything from now on, unless $NNBH_LANG asks for another
    """
    if language:
        os.environ.setdefault(VARIABLE, language)
    try:
        choose_nearest(Path())
        lesson = load_lesson(name)
    except (CourseError, PackError) as error:
        print(for_stream(fault_message(error), sys.stdout))
        return OpenLesson(Lesson(name, name, ()), Check(Lesson(name, name, ()), fault=error))
    if said := age(name, _version_of_running_notebook()):
        print(for_stream(said, sys.stdout))
    return OpenLesson(lesson, Check(lesson))


def _version_of_running_notebook() -> str:
    """The course's version in the file that this kernel runs; '' where Jupyter or VS Code does not name the file."""
    path = vars(sys.modules["__main__"]).get("__vsc_ipynb_file__") or os.environ.get("JPY_SESSION_NAME", "")
    try:
        return version_of(read_cells(Path(path).read_bytes()).metadata)
    except (OSError, TypeError, ValueError, NotebookError):
        return ""

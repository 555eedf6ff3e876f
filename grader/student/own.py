"""A student's own notebook file -> a Check of the functions in it. The code of the notebook runs in this process."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..course import current, load_lesson
from ..course.changes import age, version_of
from ..running.modules import student_names
from ..running.notebook import Problem, define
from ..running.uses import defined_instead, none_defined
from ..submissions.opened import Unusable, open_file
from .borrowing import asked_to_borrow
from .check import Check
from .hints import opened_in


@dataclass(frozen=True)
class Own:
    """A notebook whose functions are defined.

    problems   those that are not, and why
    opened     how many hints of each exercise `grader hint` has shown; what `check` shows is counted there
    age        what changed in the course since this copy was made, if anything
    instead    that it defines no exercise, and what it does define; '' where it defines one
    """

    path: Path
    check: Check
    problems: Sequence[Problem]
    opened: Counter[str]
    age: str = ""
    instead: str = ""


def open_own(path: Path, lesson: str | None = None, before: Callable[[], object] = lambda: None) -> Own | Unusable:
    """The functions of one notebook file, ready to check, or why they are not; `before` is called before its code runs."""
    opened = open_file(path, lesson)
    if isinstance(opened, Unusable):
        return opened
    content, name = opened.notebook, opened.lesson
    before()
    lesson_of, names = load_lesson(name), student_names(current().library_in(name))
    exercises = [exercise.name for exercise in lesson_of.exercises]
    problems = [problem for problem in define((*content.cells, *content.misplaced), names, exercises) if problem.names]
    shown = opened_in(path)
    check = Check(lesson_of, names, path.parent, content.cells, opened=shown)
    check.lend(asked_to_borrow(content.cells))
    instead = none_defined(defined_instead(content.cells, exercises))
    return Own(path, check, problems, shown, age(name, version_of(content.metadata)), instead)

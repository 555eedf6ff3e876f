"""What people gave in nbgrader's formgrader: scores of cells that they set themselves, and extra credit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...course import Lesson, UnknownLesson, load_lesson
from ...words.errors import GraderError
from ...words.people import nfc
from .autograde import CHECK


class NoGradebook(GraderError):
    """nbgrader's file of grades cannot be read; the message says why."""


@dataclass(frozen=True)
class HandGraded:
    """A score that a person gave. `name` is an exercise, or nbgrader's name of a cell that a person grades, `most` its points.

    is_bonus   whether it is extra credit, on top of the score
    """

    student: str
    lesson: str
    name: str
    points: float
    most: float
    is_exercise: bool
    comment: str = ""
    is_bonus: bool = False


def hand_graded(path: Path) -> list[HandGraded]:
    """All that people gave, of notebooks that are lessons of the course. Raises NoGradebook."""
    from nbgrader.api import Gradebook
    from sqlalchemy.exc import DatabaseError

    if not path.is_file():
        raise NoGradebook(f"{path}: there is no such file; it is gradebook.db in the folder of your nbgrader course")
    try:
        with Gradebook(f"sqlite:///{path.absolute()}") as book:
            return [
                one
                for assignment in book.assignments
                for submission in assignment.submissions
                for notebook in submission.notebooks
                if (lesson := _lesson(notebook.name))
                for one in _of_notebook(lesson, nfc(submission.student.id), notebook)
            ]
    except DatabaseError as error:
        raise NoGradebook(f"{path} is not an nbgrader gradebook ({error.__class__.__name__})") from None


def _lesson(name: str) -> Lesson | None:
    try:
        return load_lesson(name)
    except UnknownLesson:
        return None


def _of_notebook(lesson: Lesson, student: str, notebook: Any) -> Iterator[HandGraded]:
    exercises = {one.name: one.max_points for one in lesson.exercises}
    comments = {one.name: one.manual_comment or "" for one in notebook.comments}
    for grade in notebook.grades:
        cell, comment = grade.name, comments.get(grade.name, "")
        is_exercise = cell.startswith(CHECK) and cell.removeprefix(CHECK) in exercises
        name = cell.removeprefix(CHECK) if is_exercise else cell
        # A cell that was graded for an exercise has its comment under the cell of the function.
        comment = comment or comments.get(name, "")
        if grade.manual_score is not None and (is_exercise or grade.max_score):
            most = exercises[name] if is_exercise else grade.max_score
            yield HandGraded(student, lesson.name, name, grade.manual_score, most, is_exercise, comment)
        if grade.extra_credit:
            yield HandGraded(student, lesson.name, name, grade.extra_credit, 0, is_exercise, comment, is_bonus=True)

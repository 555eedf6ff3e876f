"""Classes to grade: notebooks of one lesson that are right, wrong or crashing in turn, and hostile ones."""

from __future__ import annotations

from itertools import cycle, islice

from nbformat import NotebookNode

from grader.authoring.build import source_of
from grader.authoring.conversion import notebook_text, read_source, release
from grader.course import Lesson, current
from grader.grading import solutions

HOSTILE = {
    "endless loop": "while True:\n        pass",
    "memory": "return np.ones((30_000, 1)) + np.ones((1, 30_000))",
    "exit": "import os; os._exit(0)",
}


def solved(lesson: Lesson) -> NotebookNode:
    return read_source(lesson, source_of(lesson).read_text(encoding="utf-8"))


def class_of(lesson: Lesson, students: int) -> dict[str, str]:
    """{student: text of the notebook}: every third one right, every third one with a known mistake, every third one crashing."""
    kinds = islice(cycle([_right, _wrong, _crashing]), students)
    return {f"s{number:05}": notebook_text(kind(lesson, number)) for number, kind in enumerate(kinds)}


def hostile_class(lesson: Lesson) -> dict[str, str]:
    """{what it does: text of a notebook in which the second exercise does it and the others are right}."""
    texts = {}
    for name, body in HOSTILE.items():
        notebook = solved(lesson)
        _replace(notebook, lesson.exercises[1].name, body)
        texts[name] = notebook_text(notebook)
    return texts


def handed_out(lesson: Lesson) -> str:
    return notebook_text(release(solved(lesson)))


def _right(lesson: Lesson, _number: int) -> NotebookNode:
    return solved(lesson)


def _wrong(lesson: Lesson, number: int) -> NotebookNode:
    """The solutions with one declared misconception, another one for each student."""
    notebook = solved(lesson)
    exercises = current().declared(lesson.name).exercises
    exercise = exercises[number % len(exercises)]
    mistake = exercise.misconceptions[number % len(exercise.misconceptions)]
    wrong = solutions.function_source(lesson, exercise.name).replace(mistake.old, mistake.new)
    next(cell for cell in notebook.cells if cell.id == exercise.name).source = wrong.strip("\n")
    return notebook


def _crashing(lesson: Lesson, number: int) -> NotebookNode:
    notebook = solved(lesson)
    _replace(
        notebook, lesson.exercises[number % len(lesson.exercises)].name, "return np.ones((3, 1)) @ np.ones((2, 3))"
    )
    return notebook


def _replace(notebook: NotebookNode, exercise: str, body: str) -> None:
    """The same function with another body."""
    cell = next(cell for cell in notebook.cells if cell.id == exercise)
    head = next(line for line in cell.source.splitlines() if line.startswith(f"def {exercise}("))
    cell.source = f"{head}\n    {body}"

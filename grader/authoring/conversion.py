"""A lesson's source as a notebook: solved, as its students get it, executed, as text.

Jupytext, nbformat and nbgrader take a second to import: code that needs no notebook does not import this module.
"""

from __future__ import annotations

import copy
import hashlib
import os
from collections import Counter
from collections.abc import Iterator
from typing import Any

import jupytext
import nbformat
from nbformat import NotebookNode
from traitlets.config import Config

from ..course import Lesson, current
from .errors import BuildError, in_cell
from .preprocessors import PREPROCESSORS
from .stubs import START, MarkerError
from .tags import FOLDED, GIVEN

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
ANSWER = "*Write your answer here, in place of this line.*"
# A lesson's solved notebook may take this long; one cell cannot take more.
LESSON_SECONDS = 300


def read_source(lesson: Lesson, text: str) -> NotebookNode:
    """The solved notebook of a lesson: every exercise cell marked for nbgrader, its check cell after it. Raises BuildError."""
    notebook = jupytext.reads(text, fmt="py:percent")
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": KERNEL,
            "language_info": {"name": "python"},
            "nn_by_hand": {"lesson": lesson.name, "version": current().version},
        }
    )
    notebook.cells = [made for cell in notebook.cells for made in _expand(lesson, cell)]
    roles = [c.metadata.get("nbgrader", {}) for c in notebook.cells]
    marked = [role["grade_id"] for role in roles if role.get("solution") and not role["grade"]]
    declared = [exercise.name for exercise in lesson.exercises]
    if marked != declared:
        raise BuildError(
            f"{lesson.name}: the exercises declared in cases.py are {', '.join(declared)}, "
            f"the marked cells are {', '.join(marked)}: they must be the same, in the same order"
        )
    _set_ids(notebook)
    return notebook


def _expand(lesson: Lesson, cell: NotebookNode) -> Iterator[NotebookNode]:
    """The cell as nbgrader wants it; after an exercise the cell that checks it, after a question one for the answer."""
    name, question = cell.metadata.get("exercise"), cell.metadata.get("question")
    tags = cell.metadata.get("tags", ())
    # A version for later lessons is for them alone.
    if name is None and GIVEN in tags:
        return
    unknown = set(cell.metadata) - {"exercise", "question", "tags", "lines_to_next_cell"}
    if unknown:
        raise BuildError(in_cell(lesson, f"unknown cell marker {', '.join(sorted(unknown))}", cell))
    cell.metadata = nbformat.from_dict({"jupyter": {"source_hidden": True}} if FOLDED in tags else {})
    if name is None:
        if cell.cell_type == "code" and START in cell.source:
            raise BuildError(in_cell(lesson, 'a cell with a solution needs `# %% exercise="name"`', cell))
        yield cell
        if question:
            yield _answer(lesson, question, cell)
        return
    if f"def {name}(" not in cell.source or START not in cell.source:
        raise BuildError(in_cell(lesson, f"the cell of {name} must define it, with `{START}` in it", cell))
    cell.metadata = _nbgrader(name, solution=True, grade=False, locked=False)
    yield cell
    check = nbformat.v4.new_code_cell(f'check("{name}").points')
    points = next((exercise.max_points for exercise in lesson.exercises if exercise.name == name), 0)
    check.metadata = _nbgrader(f"check_{name}", solution=False, grade=True, locked=True, points=points)
    check.metadata["tags"] = ["nbval-check-output"]
    yield check


def _answer(lesson: Lesson, question: str, cell: NotebookNode) -> NotebookNode:
    """The cell for an answer in words: a person marks it, and the grader gives it no points."""
    if cell.cell_type != "markdown":
        raise BuildError(in_cell(lesson, f"the question {question} must be a markdown cell", cell))
    answer = nbformat.v4.new_markdown_cell(ANSWER)
    answer.metadata = _nbgrader(f"answer_{question}", solution=True, grade=True, locked=False, points=0)
    return answer


def _nbgrader(grade_id: str, **role: Any) -> NotebookNode:
    return nbformat.from_dict({"nbgrader": {"grade_id": grade_id, "schema_version": 3, "task": False, **role}})


def _set_ids(notebook: NotebookNode) -> None:
    """Ids that depend on nothing but the cells: the grade_id, or a hash of the source."""
    seen: Counter[str] = Counter()
    for cell in notebook.cells:
        digest = hashlib.sha256(cell.source.encode()).hexdigest()[:8]
        cell.id = cell.metadata.get("nbgrader", {}).get("grade_id") or f"{digest}-{seen[digest]}"
        seen[digest] += 1


def code_cells(source: str) -> list[NotebookNode]:
    """The cells of a solved lesson that hold code, each with its markers in its metadata."""
    return [cell for cell in jupytext.reads(source, fmt="py:percent").cells if cell.cell_type == "code"]


def release(notebook: NotebookNode) -> NotebookNode:
    """The student's notebook. Raises BuildError."""
    for step in PREPROCESSORS:
        try:
            notebook, _resources = step().preprocess(notebook, {})
        except MarkerError as error:
            raise BuildError(str(error)) from None
    nbformat.validate(notebook)
    return notebook


def solve(lesson: Lesson, notebook: NotebookNode) -> NotebookNode:
    """The notebook with its outputs. Raises BuildError when a cell fails or a check gives less than full points."""
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    metadata = copy.deepcopy(notebook.metadata)
    # Where there are Unix sockets the kernel needs no network port, and does not warn of one.
    transport = {"KernelManager": {"transport": "ipc" if os.name == "posix" else "tcp"}}
    try:
        NotebookClient(notebook, timeout=LESSON_SECONDS, record_timing=False, config=Config(transport)).execute()
    except CellExecutionError as error:
        raise BuildError(f"{lesson.name}/lesson.py: the solved lesson stops with an error:\n{error}") from None
    except (CellTimeoutError, DeadKernelError) as error:
        raise BuildError(f"{lesson.name}/lesson.py: {_stopped(notebook, error)}") from None
    # The kernel writes its own version here.
    notebook.metadata = metadata
    for cell in notebook.cells:
        marker = cell.metadata.get("nbgrader", {})
        if marker.get("grade") and cell.cell_type == "code" and _stored_points(cell) != marker.points:
            raise BuildError(
                f"{lesson.name}/lesson.py: `{cell.source}` gives {_stored_points(cell)} of {marker.points} points for the "
                "solution: fix the solution or run `grader build` for new reference values"
            )
    return notebook


def _stopped(notebook: NotebookNode, error: Exception) -> str:
    """One line: the cell in which a solved notebook stopped, and why."""
    # What has run has a number.
    waiting = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    begun = next((cell for cell in waiting if cell.execution_count is None), None)
    first = next((line for line in (begun.source if begun else "").splitlines() if line.strip()), "?").strip()
    why = (
        f"it did not end within {LESSON_SECONDS} s, which is the most for one cell: make it do less"
        if isinstance(error, TimeoutError)
        else "its kernel ended (out of memory, or killed)"
    )
    return f"the cell that begins with `{first[:60]}`: {why}"


def _stored_points(cell: NotebookNode) -> float | None:
    results = [output for output in cell.outputs if output.output_type == "execute_result"]
    return float(results[-1].data["text/plain"]) if results else None


def notebook_text(notebook: NotebookNode) -> str:
    text: str = nbformat.writes(notebook)
    return text + "\n"

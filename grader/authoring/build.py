"""source_solutions/*/lesson.py -> notebooks/*.ipynb and packs/*.pack; and what of them is stale."""

from __future__ import annotations

import copy
import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from pathlib import Path
from typing import Any

import jupytext
import nbformat
from nbformat import NotebookNode
from traitlets.config import Config

from ..course import Exercise, Lesson, Reference, current, files
from ..grading import known_mistakes, sampling, solutions, stamps
from ..words.errors import GraderError
from . import packing
from .board import BoardError, board_of
from .stubs import START, STEPS, MarkerError

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
ANSWER = "*Write your answer here, in place of this line.*"
# A lesson's solved notebook may take this long; one cell cannot take more.
LESSON_SECONDS = 300
# The tag of a cell whose functions later lessons are given.
GIVEN = "given"
# The tag of a cell that only draws: its code is folded away in the notebook, so that a reader sees the figure.
FOLDED = "folded"


class BuildError(GraderError):
    """A lesson that cannot be built; the message quotes the cell or names the exercise."""


def source_of(lesson: Lesson) -> Path:
    return current().sources / lesson.name / "lesson.py"


def notebook_of(lesson: Lesson, folder: Path | None = None) -> Path:
    """Where the student's notebook of a lesson is: in `folder`, else in the course."""
    return (folder or current().folder / "notebooks") / lesson.folder / f"{lesson.name}.ipynb"


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
    """The cell for an answer in words: a person reads it, and it has no points of ours."""
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


def in_cell(lesson: Lesson, what: str, cell: NotebookNode) -> str:
    """What is wrong, in which file, and the cell."""
    quoted = "\n".join("    | " + line for line in cell.source.split("\n"))
    return f"{lesson.name}/lesson.py: {what}, in this cell:\n{quoted}"


def release(notebook: NotebookNode) -> NotebookNode:
    """The student's notebook. Raises BuildError."""
    for step in STEPS:
        try:
            notebook, _resources = step().preprocess(notebook, {})
        except MarkerError as error:
            raise BuildError(str(error)) from None
    nbformat.validate(notebook)
    return notebook


def solve(lesson: Lesson, notebook: NotebookNode) -> NotebookNode:
    """The notebook with its outputs. Raises BuildError when a cell fails or a check gives less than full points."""
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    metadata = copy.deepcopy(notebook.metadata)
    # Where there are Unix sockets the kernel needs no network port, and does not warn of one.
    transport = {"KernelManager": {"transport": "ipc" if os.name == "posix" else "tcp"}}
    try:
        NotebookClient(notebook, timeout=LESSON_SECONDS, record_timing=False, config=Config(transport)).execute()
    except CellExecutionError as error:
        raise BuildError(f"{lesson.name}/lesson.py: the solved lesson stops with an error:\n{error}") from None
    # The kernel writes its own version here.
    notebook.metadata = metadata
    for cell in notebook.cells:
        marker = cell.metadata.get("nbgrader", {})
        if marker.get("grade") and cell.cell_type == "code" and _stored_points(cell) != marker.points:
            raise BuildError(
                f"{lesson.name}/lesson.py: `{cell.source}` gives {_stored_points(cell)} of {marker.points} points for the "
                "solution: mend the solution or run `grader build` for new reference values"
            )
    return notebook


def _stored_points(cell: NotebookNode) -> float | None:
    results = [output for output in cell.outputs if output.output_type == "execute_result"]
    return float(results[-1].data["text/plain"]) if results else None


def notebook_text(notebook: NotebookNode) -> str:
    text: str = nbformat.writes(notebook)
    return text + "\n"


def drawn(lesson: Lesson) -> dict[str, tuple[Reference, ...]]:
    """The visible cases of every exercise, with the values the solutions give now. Raises BuildError."""
    found = {}
    for exercise in lesson.exercises:
        try:
            cases = sampling.draw(lesson, exercise)
            _check_outputs(lesson, exercise, cases)
            known_mistakes.check_misconceptions(lesson, exercise, cases)
            found[exercise.name] = known_mistakes.with_telling_pairs(lesson, exercise, cases)
        except solutions.SolutionError as error:
            raise BuildError(str(error)) from None
    return found


def _check_outputs(lesson: Lesson, exercise: Exercise, cases: Sequence[Reference]) -> None:
    """Raises BuildError where an exercise has no case, or points for what no case is about."""
    if not cases:
        raise BuildError(
            f"{lesson.name}::{exercise.name} yields no case: a check needs at least one, two to name a cause"
        )
    found = list(dict.fromkeys(output for case in cases for output in case.expected))
    if unknown := [output for output in exercise.points if output not in found]:
        raise BuildError(
            f"{lesson.name}::{exercise.name}: `points` names {unknown[0]!r}, which no case is about; "
            f"it returns {', '.join(exercise.returns)}, and the cases are about {', '.join(found) or 'nothing else'}"
        )


def check_board(lesson: Lesson) -> None:
    """Raises BuildError where the lesson's notes for the board cannot be used."""
    try:
        board_of(lesson)
    except BoardError as error:
        raise BuildError(str(error)) from None


def stale(lesson: Lesson) -> Iterator[str]:
    """Why each generated file of a lesson is not what its source gives; nothing when all are. Raises BuildError."""
    check_board(lesson)
    target = notebook_of(lesson)
    source = read_source(lesson, source_of(lesson).read_text(encoding="utf-8"))
    built = notebook_text(release(copy.deepcopy(source)))
    name = target.relative_to(current().folder).as_posix()
    if not target.exists():
        yield f"{name} is missing"
    elif (written := target.read_bytes().decode("utf-8", "replace")) != built:
        yield f"{name} is not what source_solutions/{lesson.name}/lesson.py gives; first difference:\n{_first_difference(written, built)}"
    path = pack_of(lesson)
    try:
        made = packing.declared(lesson, source)
        yield from (f"{path.relative_to(current().folder).as_posix()} {why}" for why in packing.stale(made, path))
    except packing.PackingError as error:
        raise BuildError(str(error)) from None


def pack_of(lesson: Lesson) -> Path:
    return current().packs / f"{lesson.name}.pack"


def _first_difference(written: str, built: str) -> str:
    """The first lines that differ, of the cells' sources where they do, else of the files."""
    try:
        one, other = ([_cell_text(c) for c in json.loads(text)["cells"]] for text in (written, built))
        pairs = [(a, b) for a, b in zip(one, other, strict=False) if a != b]
    except (ValueError, KeyError, TypeError):
        pairs = []
    before, after = pairs[0] if pairs else (written, built)
    lines = list(
        unified_diff(before.split("\n"), after.split("\n"), "in the file", "from the source", lineterm="", n=1)
    )
    return "\n".join("    " + line for line in lines[:12])


def _cell_text(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def write(lesson: Lesson) -> Iterator[Path]:
    """Write the notebook and the pack of a lesson where they are stale; the files written. Raises BuildError."""
    check_board(lesson)
    source = read_source(lesson, source_of(lesson).read_text(encoding="utf-8"))
    made = {notebook_of(lesson): notebook_text(release(copy.deepcopy(source))).encode()}
    path = pack_of(lesson)
    try:
        declared = packing.declared(lesson, source)
        if any(packing.stale(declared, path)):
            # Cases that are what the sources give stay to the last bit, on whatever machine they were drawn.
            made[path] = packing.with_stored_cases(declared, path) or declared.pack(
                drawn(lesson), stamps.stamps(lesson)
            )
    except packing.PackingError as error:
        raise BuildError(str(error)) from None
    for target, content in made.items():
        if not target.exists() or target.read_bytes() != content:
            target.parent.mkdir(parents=True, exist_ok=True)
            files.write(target, content)
            yield target


def write_solved(lesson: Lesson, folder: Path) -> Path:
    """Write the executed solved notebook below `folder`, where nbval and nbgrader find it. Raises BuildError."""
    target = notebook_of(lesson, folder)
    solved = solve(lesson, read_source(lesson, source_of(lesson).read_text(encoding="utf-8")))
    target.parent.mkdir(parents=True, exist_ok=True)
    files.write(target, notebook_text(solved).encode())
    return target


def lessons() -> list[Lesson]:
    """The lessons of the course as they are declared, in order."""
    return [current().declared(name) for name in current().lessons]

"""`nbgrader autograde` with our sandbox in place of a kernel, and the round's hidden cases in place of the notebook's own.

    Submitted      reads what was handed in, also a damaged file
    RestoreCells   gives every cell the role that it was released with: duplicated, deleted and changed ones too
    GradeCells     shows under each check what `grader grade` found, with its points
    SaveFindings   puts scores and comments into nbgrader's gradebook

`nbgrader_config.py` lists them. The points of a notebook are those of `grader grade`: there is one way to grade.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbconvert.filters import markdown2html
from nbconvert.preprocessors.sanitize import SanitizeHTML
from nbformat import NotebookNode
from nbgrader.api import Gradebook as NbgraderGradebook
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades
from nbgrader.utils import is_grade, is_solution
from traitlets import Float, Unicode

from .course import Exercise, ExerciseResult, Lesson, Result, load_lesson
from .coursefile import find_course
from .limits import SECONDS
from .notebook import NotebookError, read_cells
from .report.shown import is_closed, only_hidden_fail, shown_rows
from .show import as_html, as_text
from .words import _

CHECK = "check_"
_OURS = "nn_by_hand"


class Submitted(NotebookExporter):  # type: ignore[misc]
    """Reads what was handed in: the type and source of its cells and their nbgrader names, and nothing else of it.

    Of a file that is no notebook, it makes one that says why. It also has the class's results, from one run.
    """

    results = Unicode("results", help="The folder of the gradebook, as --out of `grader grade`.").tag(config=True)
    isolation = Unicode("full", help="As --isolation of `grader grade`.").tag(config=True)
    timeout = Float(SECONDS, help="As --timeout of `grader grade`.").tag(config=True)

    def from_filename(self, filename: str, resources: Any = None, **named: Any) -> tuple[Any, Any]:
        ours = (resources or {}).get("nbgrader")
        if not ours or not self._handed_in(ours["student"], ours["assignment"]).samefile(Path(filename).parent):
            read: tuple[Any, Any] = super().from_filename(filename, resources=resources, **named)
        else:
            read = self.from_notebook_node(clean_notebook(Path(filename).read_bytes()), resources=resources, **named)
        return read

    def _handed_in(self, student: str, assignment: str) -> Path:
        coursedir = self.parent.coursedir
        return Path(coursedir.format_path(coursedir.submitted_directory, student, assignment))

    @property
    def root(self) -> Path:
        """The folder of the nbgrader course."""
        return Path(self.parent.coursedir.root)

    def result(self, assignment: str, notebook: str, student: str) -> Result:
        """What `grader grade` gives this student: the whole class is graded at the first question, in one round."""
        if not hasattr(self, "_graded"):
            self._graded: dict[tuple[str, str], dict[str, Result]] = {}
        asked = (assignment, notebook)
        if asked not in self._graded:
            self._graded[asked] = {one.student: one for one in self._grade(assignment, notebook)}
        return self._graded[asked][student]

    def _grade(self, assignment: str, notebook: str) -> list[Result]:
        from .gradebook import Settings, grade_paths
        from .sandbox import Limits

        files = sorted(self._handed_in("*", assignment).parents[1].glob(f"*/{assignment}/{notebook}.ipynb"))
        settings = Settings(notebook, limits=Limits(self.timeout, isolation=self.isolation))
        return grade_paths(files, self.root / self.results, settings)[0]


def clean_notebook(data: bytes) -> NotebookNode:
    """A notebook with the cells of the one in `data`, without their outputs and metadata; of each its nbgrader name."""
    try:
        read_cells(data)
        cells = list(_clean_cells(json.loads(data.decode("utf-8-sig"))))
    except NotebookError as error:
        reason = _("This file cannot be graded: {reason}").format(reason=error)
        cells = [nbformat.v4.new_markdown_cell(reason)]
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    return nbformat.v4.new_notebook(cells=cells, metadata={"language_info": {"name": "python"}})


def _clean_cells(content: Mapping[str, Any]) -> Iterator[NotebookNode]:
    for cell in content.get("cells") or ():
        source = cell.get("source", "") if isinstance(cell, dict) else None
        if isinstance(source, list):
            source = "".join(part for part in source if isinstance(part, str))
        if not isinstance(source, str):
            continue
        kind = "markdown" if cell.get("cell_type") == "markdown" else "code"
        make = nbformat.v4.new_markdown_cell if kind == "markdown" else nbformat.v4.new_code_cell
        made = make(source.encode("utf-8", "replace").decode())
        made.metadata = nbformat.from_dict({"nbgrader": {"grade_id": _name_of(cell)}} if _name_of(cell) else {})
        yield made


def _name_of(cell: Mapping[str, Any]) -> str:
    metadata = cell.get("metadata")
    marker = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = marker.get("grade_id") if isinstance(marker, dict) else None
    return name if isinstance(name, str) else ""


@dataclass(frozen=True)
class Wanted:
    """A cell as it was released: its source, and what nbgrader knows of it."""

    source: str
    marker: Mapping[str, Any]

    @property
    def name(self) -> str:
        return str(self.marker["grade_id"])


def restored(cells: Sequence[NotebookNode], wanted: Sequence[Wanted]) -> list[NotebookNode]:
    """The cells, each wanted one among them once with its marker, and no other one marked.

    Of several the last counts, as in Python, but an answer that was written before one that was not. A cell that is not
    there is put after the one it was released after.
    """
    made = list(cells)
    place = {one.name: found for one in wanted if (found := _counting(cells, one)) is not None}
    marked = {id(cell): one for one in wanted if (cell := place.get(one.name)) is not None}
    for cell in made:
        one = marked.get(id(cell))
        cell.metadata = nbformat.from_dict({"nbgrader": dict(one.marker)} if one else {})
        if one and one.marker["locked"]:
            cell.source = one.source
    before: NotebookNode | None = None
    for one in wanted:
        if one.name not in place:
            place[one.name] = _released(one)
            at = next((n + 1 for n, cell in enumerate(made) if cell is before), 0)
            made.insert(at, place[one.name])
        before = place[one.name]
    return made


def _counting(cells: Sequence[NotebookNode], wanted: Wanted) -> NotebookNode | None:
    found = [
        cell
        for cell in cells
        if cell.metadata.get("nbgrader", {}).get("grade_id") == wanted.name
        and cell.cell_type == wanted.marker["cell_type"]
    ]
    answered = [cell for cell in found if cell.source.strip() != wanted.source.strip()]
    return next(iter([*reversed(answered), *reversed(found)]), None)


def _released(wanted: Wanted) -> NotebookNode:
    kind = wanted.marker["cell_type"]
    make = nbformat.v4.new_code_cell if kind == "code" else nbformat.v4.new_markdown_cell
    return make(wanted.source, id=f"released-{wanted.name}"[:64], metadata={"nbgrader": dict(wanted.marker)})


class RestoreCells(NbGraderPreprocessor):  # type: ignore[misc]
    """Takes the cells' roles, points and locked sources from nbgrader's gradebook, never from what was handed in."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        ours = resources["nbgrader"]
        with NbgraderGradebook(ours["db_url"]) as book:
            wanted = list(_wanted(book.find_notebook(ours["notebook"], ours["assignment"])))
        nb.cells = restored(nb.cells, wanted)
        return nb, resources


def _wanted(released: Any) -> Iterator[Wanted]:
    points = {cell.name: cell.max_score for cell in (*released.grade_cells, *released.task_cells)}
    roles = {
        "grade": {cell.name for cell in released.grade_cells},
        "solution": {cell.name for cell in released.solution_cells},
        "task": {cell.name for cell in released.task_cells},
    }
    for cell in released.source_cells:
        marker = {
            "grade_id": cell.name,
            "schema_version": 3,
            "cell_type": cell.cell_type,
            "locked": cell.locked,
            "checksum": cell.checksum,
            **{role: cell.name in names for role, names in roles.items()},
        }
        yield Wanted(cell.source, marker | ({"points": points[cell.name]} if cell.name in points else {}))


class GradeCells(NbGraderPreprocessor):  # type: ignore[misc]
    """Writes under each check cell the points that `grader grade` gives, and what the student may see of the reasons."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        ours, exporter = resources["nbgrader"], self.parent
        lesson = load_lesson(ours["notebook"])
        result = exporter.result(ours["assignment"], ours["notebook"], ours["student"])
        closed = is_closed(find_course(exporter.root), lesson.name)
        verdicts = {one.name: _verdict(lesson.exercise(one.name), one, closed) for one in result.exercises}
        if result.error is not None:
            verdicts = _not_graded(lesson, result.error)
        for cell in nb.cells:
            verdict = verdicts.get(_grade_id(cell).removeprefix(CHECK))
            if is_grade(cell) and not is_solution(cell) and cell.cell_type == "code" and verdict:
                cell.outputs = list(_outputs(verdict))
        return nb, resources | {_OURS: verdicts}


@dataclass(frozen=True)
class Verdict:
    """What nbgrader is told of one exercise: the points, a table as text and as HTML, and a comment in a few lines."""

    points: float
    text: str = ""
    html: str = ""
    comment: str = ""
    look: bool = False


def _verdict(exercise: Exercise, result: ExerciseResult, closed: bool) -> Verdict:
    shown = shown_rows(exercise, result, closed)
    roots = _(" and ").join(f"`{name}`" for name in result.cascade_from)
    notes = [_("graded with a right {roots} in place of yours").format(roots=roots)] if roots else []
    comment = "\n\n".join(f"{row.label}: {row.headline}. {row.help}".strip() for row in shown if not row.right)
    text, html = as_text(exercise, result, notes, shown), as_html(exercise, result, notes, shown)
    look = bool(only_hidden_fail(result)) or result.status == "grader_fault"
    return Verdict(float(result.points), text, html, "\n\n".join(filter(None, [comment, *notes])), look)


def _not_graded(lesson: Lesson, error: str) -> dict[str, Verdict]:
    """No points for any exercise, and at the first one the reason."""
    reason = _("This file cannot be graded: {reason}").format(reason=error)
    names = [exercise.name for exercise in lesson.exercises]
    return {name: Verdict(0.0, comment=reason if name == names[0] else "") for name in names}


def _grade_id(cell: NotebookNode) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def _outputs(verdict: Verdict) -> Iterator[NotebookNode]:
    """The table, and the points as nbgrader reads them."""
    if verdict.text:
        yield nbformat.v4.new_output("display_data", {"text/plain": verdict.text, "text/html": verdict.html})
    yield nbformat.v4.new_output("execute_result", {"text/plain": str(verdict.points)})


class SaveFindings(SaveAutoGrades):  # type: ignore[misc]
    """Saves scores and comments; a score that a person gave stays, and what the grader did not judge waits for one."""

    def _add_score(self, cell: NotebookNode, resources: Any) -> None:
        super()._add_score(cell, resources)
        verdict = resources[_OURS].get(_grade_id(cell).removeprefix(CHECK))
        by_nobody = cell.cell_type == "code" and not is_solution(cell) and verdict is None
        if by_nobody or (verdict and verdict.look):
            grade = self._entry(self.gradebook.find_grade, cell)
            grade.needs_manual_grade = True
            if by_nobody:
                grade.auto_score = None
            self.gradebook.db.commit()

    def _add_comment(self, cell: NotebookNode, resources: Any) -> None:
        super()._add_comment(cell, resources)
        if verdict := resources[_OURS].get(_grade_id(cell)):
            self._entry(self.gradebook.find_comment, cell).auto_comment = verdict.comment or None
            self.gradebook.db.commit()

    def _entry(self, find: Callable[..., Any], cell: NotebookNode) -> Any:
        return find(_grade_id(cell), self.notebook_id, self.assignment_id, self.student_id)


_TAGS = [
    "p",
    "br",
    "hr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "div",
    "span",
    "pre",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
]
_TAGS += ["td", "details", "summary", "del", "sub", "sup", "img", *SanitizeHTML().tags]
_ATTRIBUTES = {"*": ["class", "title", "align"], "a": ["href"], "img": ["src", "alt"], "details": ["open"]}


def safe_markdown(source: str) -> str:
    """Markdown as HTML without anything that runs: nbgrader shows students' cells in the instructor's browser."""
    cleaner = SanitizeHTML(tags=_TAGS, attributes=_ATTRIBUTES)
    return str(cleaner.sanitize_html_tags(markdown2html(source)))

"""The cells of what was handed in, also of a damaged file: read without what they may do, and each with its own role again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import nbformat
from nbconvert.filters import markdown2html
from nbconvert.preprocessors.sanitize import SanitizeHTML
from nbformat import NotebookNode
from nbgrader.api import Gradebook as NbgraderGradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from ...running.notebook import NotebookError, read_cells
from ...words import _


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


def grade_id(cell: NotebookNode) -> str:
    """nbgrader's name for a cell; '' where it has none."""
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


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

    Of several copies the last counts, as in Python, but a written answer comes before an empty one. A missing cell is put
    back after the one it was released after.
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
    kind = wanted.marker["cell_type"]
    found = [cell for cell in cells if grade_id(cell) == wanted.name and cell.cell_type == kind]
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


_MORE_TAGS = "p br hr h1 h2 h3 h4 h5 h6 div span pre table thead tbody tr th td details summary del sub sup img"
_TAGS = [*_MORE_TAGS.split(), *SanitizeHTML().tags]
_ATTRIBUTES = {"*": ["class", "title", "align"], "a": ["href"], "img": ["src", "alt"], "details": ["open"]}


def safe_markdown(source: str) -> str:
    """Markdown as HTML without anything that runs: nbgrader shows students' cells in the instructor's browser."""
    cleaner = SanitizeHTML(tags=_TAGS, attributes=_ATTRIBUTES)
    return str(cleaner.sanitize_html_tags(markdown2html(source)))

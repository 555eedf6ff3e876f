"""What is in a student's copy of a notebook: its cells, its functions, and which of it is the course's own."""

from __future__ import annotations

import ast
import hashlib
import json
import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..running.notebook import Cell, Problem, definitions, parse, read_cells

# The build makes the id of a cell from its text: so a cell as the course had it can be told from a changed one.
_MADE_ID = re.compile(r"([0-9a-f]{8})-\d+")


@dataclass(frozen=True)
class CopyCell(Cell):
    """A code cell with its id, and whether the course locked it."""

    id: str = ""
    locked: bool = False

    @property
    def is_the_courses(self) -> bool:
        made = _MADE_ID.fullmatch(self.id)
        return self.locked or bool(made and made[1] == hashlib.sha256(self.source.encode()).hexdigest()[:8])


def cells_of(data: bytes) -> list[CopyCell]:
    raw = json.loads(data.decode("utf-8-sig")).get("cells")
    return [_cell(cell, raw[cell.number - 1] if raw else {}) for cell in read_cells(data).cells]


def _cell(cell: Cell, raw: Mapping[str, Any]) -> CopyCell:
    metadata = raw.get("metadata")
    marker = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return CopyCell(
        cell.number, cell.source, str(raw.get("id", "")), isinstance(marker, dict) and marker.get("locked") is True
    )


@dataclass(frozen=True)
class Function:
    """A function at the top of a cell: the cell's number and source, and the function's own part of it."""

    number: int
    source: str
    node: ast.FunctionDef

    @property
    def first(self) -> int:
        return _first_line(self.node) - 1

    @property
    def lines(self) -> list[str]:
        return self.source.split("\n")[self.first : self.node.end_lineno]

    @property
    def parameters(self) -> str:
        return f"({ast.unparse(self.node.args)})"

    @property
    def region(self) -> tuple[int, int] | None:
        """The lines of its two markers, if it has just these two."""
        places = [n for n, line in enumerate(self.lines) if "CODE HERE" in line]
        return (places[0], places[1]) if len(places) == 2 else None

    @property
    def is_stub(self) -> bool:
        """Whether nothing was written: where the code goes there is the line that says so, alone."""
        start, end = self.region or (0, 0)
        text = textwrap.dedent("\n".join(self.lines[start + 1 : end]))
        try:
            body = ast.parse(text).body if self.region else _without_docstring(self.node)
        except SyntaxError:
            return False
        return len(body) == 1 and isinstance(body[0], ast.Raise) and "NotImplementedError" in ast.dump(body[0])

    @property
    def frame(self) -> str | None:
        """What is around the region between the markers, as code: the same in two copies that differ in text only."""
        if self.region is None:
            return None
        start, end = self.region
        marker = self.lines[start]
        hole = marker[: len(marker) - len(marker.lstrip())] + "pass"
        try:
            node = ast.parse("\n".join([*self.lines[:start], hole, *self.lines[end + 1 :]])).body[0]
        except SyntaxError:
            return None
        return hole + plain_code(node) if isinstance(node, ast.FunctionDef) else None


def functions_of(cells: Sequence[CopyCell]) -> dict[str, Function]:
    """{name: function}, the last one of a name winning, as in the running notebook."""
    found = {}
    for cell in cells:
        tree = parse(cell)
        for node in [] if isinstance(tree, Problem) else tree.body:
            if isinstance(node, ast.FunctionDef):
                found[node.name] = Function(cell.number, cell.source, node)
    return found


def _without_docstring(node: ast.FunctionDef) -> list[ast.stmt]:
    return node.body[1:] if ast.get_docstring(node) is not None else node.body


def plain_code(node: ast.FunctionDef) -> str:
    """A function's code without its prose."""
    return ast.dump(node.args) + "".join(map(ast.dump, _without_docstring(node)))


def merged(mine: Function, there: Function) -> list[str]:
    """My code between the newer copy's lines where these are the same code; else the whole of my function."""
    if mine.frame is None or mine.frame != there.frame or not (mine.region and there.region):
        return mine.lines
    (start, end), (my_start, my_end) = there.region, mine.region
    return [*there.lines[: start + 1], *mine.lines[my_start + 1 : my_end], *there.lines[end:]]


def definitions_in(cell: CopyCell) -> list[tuple[str, str]]:
    """(name, source) of what a cell defines, if that is a function, a class or an import; else nothing."""
    tree = parse(cell)
    statements = [] if isinstance(tree, Problem) else list(definitions(tree))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
    if not any(isinstance(statement, kinds) for statement in statements):
        return []
    lines = cell.source.split("\n")
    return [
        (name, "\n".join(lines[_first_line(statement) - 1 : statement.end_lineno]))
        for statement in statements
        for name in _bound(statement)
    ]


def only_defines(cell: CopyCell) -> bool:
    """Whether there is nothing in a cell but functions, classes, imports and what they need; or it does not parse."""
    tree = parse(cell)
    if isinstance(tree, Problem):
        return bool(tree.names)
    return bool(definitions_in(cell)) and len(list(definitions(tree))) == len(tree.body)


def _first_line(statement: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(one.lineno for one in decorators)])


def _bound(statement: ast.stmt) -> list[str]:
    """The names that a statement gives a meaning to."""
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return [statement.name]
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        return [(one.asname or one.name).partition(".")[0] for one in statement.names]
    return [n.id for n in ast.walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]

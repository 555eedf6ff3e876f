"""An .ipynb, ours or not, also a damaged one -> the definitions in it.

Two steps, kept apart: `read_cells` turns bytes into the source of the code cells (any process may do that), and
`define` runs the definitions among them (only where the student's code may run).
"""

from __future__ import annotations

import ast
import json
import linecache
import re
import warnings
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import FunctionType
from typing import Any

from ..words import Sentence, _
from ..words.errors import GraderError
from .code_names import bindings
from .computed import bound_by_assignment, needed_assignments
from .lookup import bare
from .mistyped import mistyped

MAX_BYTES = 32 << 20
MAX_CELLS = 5_000
# Each takes some hundred bytes of memory once it is read.
MAX_NODES = 1_000_000
MAX_SOURCE = 1 << 20
# Cells whose lines are remembered; of a kernel's history the last ones count.
MOST_ORIGINS = 1_000


class NotebookError(GraderError):
    """A file that cannot be read as a notebook; the message says what is wrong and what to do."""


@dataclass(frozen=True)
class Cell:
    """The source of one code cell and its place in the notebook, counted from 1 over all cells.

    kind   'code'; of a function that was written into another cell, its kind: it does not run
    """

    number: int
    source: str
    kind: str = field(default="code", kw_only=True)


@dataclass(frozen=True)
class Notebook:
    """The code cells, and those that hold a function and are none."""

    cells: tuple[Cell, ...]
    metadata: dict[str, Any]
    misplaced: tuple[Cell, ...] = ()


def read_cells(data: bytes) -> Notebook:
    """The code cells of an .ipynb. Raises NotebookError."""
    content = _json(data)
    if not isinstance(content, dict):
        raise NotebookError(_("it is JSON, but not a notebook: hand in the .ipynb file that Jupyter saved"))
    cells = content.get("cells")
    if cells is None and isinstance(content.get("worksheets"), list):  # nbformat 3
        sheets = [sheet.get("cells") for sheet in content["worksheets"] if isinstance(sheet, dict)]
        cells = [cell for sheet in sheets if isinstance(sheet, list) for cell in sheet]
    if not isinstance(cells, list):
        raise NotebookError(_("it is JSON without cells, not a notebook: hand in the .ipynb file that Jupyter saved"))
    if len(cells) > MAX_CELLS:
        raise NotebookError(_("it has {n} cells; at most {most} are read").format(n=len(cells), most=MAX_CELLS))
    code = tuple(Cell(number, source) for number, cell in enumerate(cells, 1) if (source := _code(cell)))
    if sum(len(cell.source) for cell in code) > MAX_SOURCE:
        raise NotebookError(_("its code is longer than {most} characters").format(most=MAX_SOURCE))
    metadata = content.get("metadata")
    return Notebook(code, metadata if isinstance(metadata, dict) else {}, tuple(_misplaced(cells, code)))


def _json(data: bytes) -> Any:
    if len(data) > MAX_BYTES:
        raise NotebookError(
            _("it is larger than {most} MB: in Jupyter clear all outputs and save").format(most=MAX_BYTES >> 20)
        )
    if data.count(b"[") + data.count(b"{") > MAX_NODES:
        raise NotebookError(_("it has too many parts to be a notebook: in Jupyter clear all outputs and save"))
    if not data.strip():
        raise NotebookError(_("the file is empty: save the notebook again and hand in the new file"))
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise NotebookError(_("it is not a text file: hand in the .ipynb file that Jupyter saved")) from None
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, ValueError) else _("nested too deeply")
        raise NotebookError(
            _("it is not complete JSON ({reason}): save the notebook again and hand in the new file").format(
                reason=reason
            )
        ) from None


def _misplaced(cells: Sequence[Any], code: Sequence[Cell]) -> Iterator[Cell]:
    """The Markdown and raw cells that are the definition of a function, which no code cell defines."""
    defined = {name for cell in code for name in _DEFINES.findall(cell.source)}
    for number, cell in enumerate(cells, 1):
        kind = cell.get("cell_type") if isinstance(cell, dict) else None
        if (
            not isinstance(kind, str)
            or kind not in _NO_CODE
            or not (source := _source(cell)).lstrip().startswith(("def ", "import ", "from ", "#"))
        ):
            continue
        names = set(_DEFINES.findall(source))
        if names and not names & defined and not isinstance(parse(Cell(number, source)), Problem):
            yield Cell(number, source, kind=str(kind))


def _code(cell: Any) -> str:
    """The source of a code cell; '' for anything else in the list of cells."""
    return _source(cell) if isinstance(cell, dict) and cell.get("cell_type", "code") == "code" else ""


def _source(cell: dict[str, Any]) -> str:
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    if not isinstance(source, str):
        return ""
    # Half a surrogate pair cannot be encoded, a NUL cannot be compiled.
    return source.encode("utf-8", "replace").decode().replace("\0", "")


@dataclass(frozen=True)
class Problem:
    """Why some names of a cell are not defined: a cell that does not parse, or a definition that raises."""

    names: tuple[str, ...]
    message: Sentence


# A line that only IPython understands: %magic, !shell, name = %magic, help?, ?help
# Nothing here looks beyond its line or gives back what it took: so the time is linear, however the text is made.
_MAGIC = re.compile(
    r"^([^\S\n]*+)(?:[\w, ]++=[^\S\n]*+)?[%!].*$|^([^\S\n]*+)(?:\?{1,2}[\w.]++|[\w.]++\?{1,2})[^\S\n]*+$", re.MULTILINE
)
_NO_CODE = {"markdown": lambda: Sentence("Markdown"), "raw": lambda: Sentence("Raw")}
_CELL_MAGIC = re.compile(r"\s*%%(\w+).*")
_PYTHON_CELL_MAGICS = {"time", "timeit", "capture", "prun", "python", "python3", "ipytest"}
_DEFINES = re.compile(r"^[^\S\n]*+(?:def|class)\s++(\w+)", re.MULTILINE)


def parse(cell: Cell) -> ast.Module | Problem:
    """The cell's syntax tree without magics; a Problem naming what it would have defined."""
    source = cell.source
    if cell.kind != "code":
        said = _(
            "it stands in cell {n}, a {kind} cell, which does not run: make it a code cell (select it, then Esc, Y)"
        )
        return Problem(tuple(_DEFINES.findall(source)), said.format(n=cell.number, kind=_NO_CODE[cell.kind]()))
    if magic := _CELL_MAGIC.match(source):
        if magic[1] not in _PYTHON_CELL_MAGICS:
            return ast.Module([], [])
        source = source.replace(magic[0], "", 1)
    for text in _with_and_without_magics(source):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return ast.parse(text, f"<cell {cell.number}>")
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            failure = error
    line = getattr(failure, "lineno", None)
    where = _("line {line}: ").format(line=line) + _quoted(source.splitlines(), line) if line else ""
    reason = mistyped(failure) or getattr(failure, "msg", None) or str(failure) or type(failure).__name__
    return Problem(
        tuple(_DEFINES.findall(source)),
        _("its cell does not parse ({reason}), {where}").format(
            reason=reason, where=where or _("cell {n}").format(n=cell.number)
        ),
    )


def _with_and_without_magics(source: str) -> Iterator[str]:
    yield source
    yield _MAGIC.sub(lambda m: (m[1] or m[2] or "") + "pass", source)


def _quoted(lines: Sequence[str], line: int) -> str:
    return lines[line - 1].strip()[:120] if 0 < line <= len(lines) else ""


def definitions(tree: ast.Module) -> Iterator[ast.stmt]:
    """The statements that define: imports, functions, classes, and assignments that call nothing."""
    return (statement for statement in tree.body if _defines(statement))


def _defines(statement: ast.stmt) -> bool:
    if isinstance(
        statement, (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Pass)
    ):
        return True
    if isinstance(statement, (ast.Assign, ast.AnnAssign)):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        return statement.value is not None and all(map(_plain_target, targets)) and not _calls(statement.value)
    if isinstance(statement, ast.If):
        return not _calls(statement.test) and all(map(_defines, statement.body + statement.orelse))
    if isinstance(statement, ast.Try):
        inner = [s for handler in statement.handlers for s in handler.body]
        return all(map(_defines, statement.body + inner + statement.orelse + statement.finalbody))
    return False


def _plain_target(target: ast.expr) -> bool:
    if isinstance(target, (ast.Tuple, ast.List)):
        return all(map(_plain_target, target.elts))
    return isinstance(target, ast.Name)


_CALLING = (ast.Call, ast.Await, ast.Yield, ast.YieldFrom, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def _calls(expression: ast.expr) -> bool:
    """Whether evaluating the expression can take long or have effects; the body of a lambda is not evaluated."""
    left: list[ast.AST] = [expression]
    while left:
        node = left.pop()
        if isinstance(node, _CALLING):
            return True
        if not isinstance(node, ast.Lambda):
            left += [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]
    return False


@dataclass(frozen=True)
class NameOrigin:
    """Where a name of a notebook got its value last: the line, whether it is a definition, and the module, if imported."""

    line: str
    defines: bool
    module: str = ""


def origin(cells: Sequence[Cell], name: str) -> NameOrigin | None:
    """The last statement outside of functions that gives `name` a value; None where there is none."""
    return next((found[name] for cell in reversed(cells) if name in (found := _origins(cell))), None)


def names_given(cell: Cell) -> Collection[str]:
    """The names that a cell gives a value outside of functions, or would, if it parsed."""
    tree = parse(cell)
    return tree.names if isinstance(tree, Problem) else _origins(cell)


@lru_cache(MOST_ORIGINS)
def _origins(cell: Cell) -> dict[str, NameOrigin]:
    tree = parse(cell)
    found: dict[str, NameOrigin] = {}
    lines = cell.source.splitlines()
    for statement in tree.body if isinstance(tree, ast.Module) else ():
        line, defines = _quoted(lines, statement.lineno), _defines(statement)
        found.update({name: NameOrigin(line, defines, module) for name, module in bindings(statement)})
    return found


def why_not_defined(cells: Sequence[Cell], name: str, exercises: Collection[str] = ()) -> Sentence:
    """Why a name that has a value in a notebook has none while grading; '' where this is not so."""
    found = origin(cells, name)
    if found is None or found.defines or _is_computed(cells, name, found.line, exercises):
        return Sentence()
    text = _(
        "`{name}` is made by the line `{line}`, and that line does not run while grading: of a notebook only imports, "
        "`def`, `class` and assignments are read, and of these none that calls an exercise or reads a file. Make it with "
        "`def`, or inside the function that uses it."
    )
    return text.format(name=name, line=found.line)


def _is_computed(cells: Sequence[Cell], name: str, line: str, exercises: Collection[str]) -> bool:
    """Whether a line that is no definition runs while grading, since an exercise needs what it makes."""
    return any(
        name in bound_by_assignment(statement) and line == _quoted(cell.source.splitlines(), statement.lineno)
        for cell, statement in (running(cells, exercises) if exercises else ())
        if isinstance(statement, ast.stmt) and not _defines(statement)
    )


def not_parsed(cells: Sequence[Cell], name: str) -> Sentence:
    """A message if the last cell with a function of this name does not parse, so that an older one is in use; else ''."""
    for cell in reversed(cells):
        tree = parse(cell)
        if isinstance(tree, Problem) and name in tree.names:
            return tree.message
        if name in _origins(cell):
            break
    return Sentence()


def running(cells: Sequence[Cell], exercises: Collection[str]) -> Iterator[tuple[Cell, ast.stmt | Problem]]:
    """The statements of a notebook that run while grading, in order, or why a cell has none.

    They are the definitions, and those other assignments that the functions of the exercises need.
    """
    trees = [(cell, parse(cell)) for cell in cells]
    known = {bare(name) for name in exercises}
    computed = needed_assignments(
        [statement for _cell, tree in trees if isinstance(tree, ast.Module) for statement in tree.body],
        _defines,
        lambda name: bare(name) in known,
    )
    for cell, tree in trees:
        if isinstance(tree, Problem):
            yield cell, tree
        else:
            yield from ((cell, one) for one in tree.body if _defines(one) or one in computed)


def define(cells: Sequence[Cell], names: dict[str, Any], exercises: Collection[str] = ()) -> list[Problem]:
    """Run the definitions of all cells in `names`, in order, the last one winning; what failed comes back.

    exercises: those whose functions may need what other assignments compute; such an assignment runs in its place.
    A cell that does not parse, and a statement that raises, costs its own names only.
    """
    problems = []
    for cell in cells:
        # Tracebacks and inspect.getsource find the student's lines here.
        lines = cell.source.splitlines(keepends=True)
        linecache.cache[f"<cell {cell.number}>"] = (len(cell.source), None, lines, f"<cell {cell.number}>")
    for cell, statement in running(cells, exercises):
        if isinstance(statement, Problem):
            problems.append(statement)
            continue
        try:
            own = _own_functions(names) if _imports_all(statement) else {}
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                exec(compile(ast.Module([statement], []), f"<cell {cell.number}>", "exec"), names)
            names.update(own)
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            problems.append(_failed(cell, statement, f"{type(error).__name__}: {error}"[:300]))
    return problems


def _failed(cell: Cell, statement: ast.stmt, error: str) -> Problem:
    if _defines(statement):
        named = tuple(n.name for n in ast.walk(statement) if isinstance(n, (ast.FunctionDef, ast.ClassDef)))
        return Problem(named, _("its definition fails: {error}").format(error=error))
    line = _quoted(cell.source.splitlines(), statement.lineno)
    said = _("the line `{line}`, which makes it, fails while grading: {error}")
    return Problem(tuple(sorted(bound_by_assignment(statement))), said.format(line=line, error=error))


def _imports_all(statement: ast.stmt) -> bool:
    # No function and no class may do that.
    return not isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and any(
        alias.name == "*" for node in ast.walk(statement) if isinstance(node, ast.ImportFrom) for alias in node.names
    )


def _own_functions(names: dict[str, Any]) -> dict[str, Any]:
    """What was defined in the notebook so far: `import *` after it does not take its place."""
    return {
        name: value
        for name, value in names.items()
        if isinstance(value, FunctionType) and value.__globals__ is names and not name.startswith("__")
    }

"""Whether a notebook's exercises are filled in, and whether two notebooks have the same content."""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Collection, Sequence

from ..running.notebook import Cell, parse

_REGION = re.compile(r"START CODE HERE[^\n]*\n(.*?)^[^\n]*END CODE HERE", re.DOTALL | re.MULTILINE)
# What stands in a place that is not filled in: nothing, or what keeps it Python.
_HOLLOW = re.compile(
    r"\s*(?:#.*|pass|\.\.\.|None|raise NotImplementedError.*|return(?: None)?|[\w, \[\]\"'.]+= *(?:None|\.\.\.)(?:\s*[,#].*)?)?\s*"
)


def is_blank(cells: Sequence[Cell], exercises: Collection[str]) -> bool:
    """Whether exercises are defined and none of them is filled in."""
    regions = [region for cell in cells for region in _REGION.findall(cell.source)]
    if regions:
        return all(_HOLLOW.fullmatch(line) for region in regions for line in region.splitlines())
    functions = _functions(cells, exercises)
    return bool(functions) and all(map(_is_stub, functions.values()))


def _functions(cells: Sequence[Cell], names: Collection[str]) -> dict[str, ast.FunctionDef]:
    """{name: its last definition}."""
    found = {}
    for cell in cells:
        if not any(name in cell.source for name in names):
            continue
        tree = parse(cell)
        for statement in tree.body if isinstance(tree, ast.Module) else ():
            if isinstance(statement, ast.FunctionDef) and statement.name in names:
                found[statement.name] = statement
    return found


def _is_stub(function: ast.FunctionDef) -> bool:
    return all(map(_does_nothing, function.body))


def _does_nothing(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant)
    if isinstance(statement, ast.Raise):
        return "NotImplemented" in ast.dump(statement)
    if isinstance(statement, ast.Return):
        return statement.value is None or isinstance(statement.value, ast.Constant)
    return isinstance(statement, ast.Pass)


def fingerprint(cells: Sequence[Cell], exercises: Collection[str]) -> str:
    """The same for two notebooks whose exercises are the same but for comments and layout."""
    functions = _functions(cells, exercises)
    if not functions:
        return hashlib.sha256("\n".join(cell.source for cell in cells).encode()).hexdigest()
    helpers = _helpers(cells, functions)
    dumped = [ast.dump(one) for _name, one in sorted((functions | helpers).items())]
    return hashlib.sha256("\n".join(dumped).encode()).hexdigest()


def _helpers(cells: Sequence[Cell], exercises: Collection[str]) -> dict[str, ast.FunctionDef]:
    """The other functions, which the exercises may call."""
    names = {name for cell in cells for name in re.findall(r"^def (\w+)", cell.source, re.MULTILINE)}
    return _functions(cells, names - set(exercises))

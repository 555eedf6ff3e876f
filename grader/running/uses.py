"""Static analysis of which functions and modules the functions of a notebook use. Nothing is run."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from ..course import current
from ..words import _
from . import code_names
from .lookup import bare
from .modules import is_importable
from .notebook import Cell, names_given, parse

# Cells whose functions are remembered.
MOST_CELLS = 1_000
# So many functions are listed by name.
MOST_NAMED = 12


def reached(cells: Sequence[Cell], function: str) -> frozenset[str]:
    """The names that a function of the notebook reads, itself and in the functions that it calls."""
    reads: dict[str, frozenset[str]] = {}
    for cell in cells:
        reads |= _functions(cell)
    return frozenset(code_names.reached([function], lambda name: reads.get(name, ())) - {function})


def absent_modules(cells: Sequence[Cell], helpers: Iterable[str]) -> frozenset[str]:
    """The modules that functions of the notebook use and that are not there while grading with these helpers."""
    here = frozenset(helpers)
    if all(_is_there(module, here) for cell in cells for module in _IMPORTS.findall(cell.source)):
        return frozenset()
    used = frozenset(name for cell in cells for names in _functions(cell).values() for name in names)
    return frozenset(
        module
        for cell in cells
        for name, module in _imports(cell)
        if (name == "*" or name in used) and not _is_there(module, here)
    )


def defined_instead(cells: Sequence[Cell], exercises: Iterable[str]) -> tuple[str, ...] | None:
    """The functions and classes of a notebook that defines none of the exercises; None where it defines one of them."""
    asked = {bare(name) for name in exercises}
    if any(bare(name) in asked for cell in cells for name in names_given(cell)):
        return None
    nodes = (node for cell in cells for node in _statements(cell))
    return tuple(dict.fromkeys(node.name for node in nodes if isinstance(node, (ast.FunctionDef, ast.ClassDef))))


def defined_in_words(names: Sequence[str]) -> str:
    """What a notebook defines in place of the exercises, in a clause."""
    if not names:
        return _("it defines no function")
    more = _(" and {n} more").format(n=len(names) - MOST_NAMED) if len(names) > MOST_NAMED else ""
    listed = ", ".join(f"`{name:.40}`" for name in names[:MOST_NAMED])
    return _("it defines {names}").format(names=listed + more)


def none_defined(names: Sequence[str] | None) -> str:
    """That a notebook defines none of its lesson's functions, and which others; '' for None, as `defined_instead` returns it."""
    if names is None:
        return ""
    said = _("None of the functions of this lesson is defined in the notebook: {others}.")
    return said.format(others=defined_in_words(names))


# A first look, without parsing.
_IMPORTS = re.compile(r"^[ \t]*(?:from|import)[ \t]+([\w.]+)", re.MULTILINE)


def _is_there(module: str, helpers: frozenset[str]) -> bool:
    return is_importable(module, current().library) or module.partition(".")[0] in {*helpers, "grader"}


@lru_cache(MOST_CELLS)
def _functions(cell: Cell) -> dict[str, frozenset[str]]:
    """{function of a cell: the names it reads}."""
    return {node.name: frozenset(_read(node)) for node in _statements(cell) if isinstance(node, ast.FunctionDef)}


def _read(node: ast.AST) -> Iterator[str]:
    return (n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load))


def _imports(cell: Cell) -> Iterator[tuple[str, str]]:
    """The names that a cell imports, each with its module; '*' for all of a module."""
    for node in _statements(cell):
        if isinstance(node, ast.Import):
            yield from ((alias.asname or alias.name.partition(".")[0], alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from ((alias.asname or alias.name, node.module or "") for alias in node.names)


def _statements(cell: Cell) -> list[ast.stmt]:
    tree = parse(cell)
    return tree.body if isinstance(tree, ast.Module) else []

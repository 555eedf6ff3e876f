"""The text that a function was made from: that of its cell, unless the cell was changed and has not run since."""

from __future__ import annotations

import ast
import linecache
import warnings
from collections.abc import Iterator
from copy import deepcopy
from functools import lru_cache
from types import CodeType, FunctionType
from typing import Any

from .notebook import Cell, parse

# A name of modules whose functions were made from their text with changes, of which the lines are the same.
REWRITTEN = "__rewritten__"


def text_of(code: CodeType, around: dict[str, Any] | None = None) -> tuple[str, ast.Module] | None:
    """The text of the cell or file that a piece of code was made from, and its tree; None where another text stands there now.

    around: the names of its module
    """
    text = "".join(linecache.getlines(code.co_filename, around))
    tree = parsed(text)
    return (text, tree) if tree and (REWRITTEN in (around or ()) or _is_made_from(code, text)) else None


def definition_of(function: FunctionType) -> ast.FunctionDef | None:
    """The definition of a function of a cell or a file, to be changed as one likes; None where another text stands there now."""
    code = function.__code__
    _text, tree = text_of(code, function.__globals__) or ("", ast.Module([], []))
    mine = (node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == code.co_name)
    return next((deepcopy(node) for node in mine if _first_line(node) == code.co_firstlineno), None)


@lru_cache(maxsize=8)
def parsed(text: str) -> ast.Module | None:
    """The tree of a cell's text; None of one that Python cannot read."""
    tree = parse(Cell(0, text))
    return tree if isinstance(tree, ast.Module) else None


@lru_cache(maxsize=64)
def _is_made_from(code: CodeType, text: str) -> bool:
    tree = parsed(text)
    statements = tree.body if tree else []
    # Python compiles a call of what the same text imports in another way, and a grader runs each statement alone.
    imports = [one for one in statements if isinstance(one, (ast.Import, ast.ImportFrom))]
    # The first line of a function with decorators is that of the first one.
    holding = [s for s in statements if _first_line(s) <= code.co_firstlineno <= (s.end_lineno or 0)]
    bodies = (body for statement in holding for body in ([statement], [*imports, statement]))
    return any(_same(made, code) for body in bodies for made in _codes(body, code.co_filename))


def _first_line(statement: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(one.lineno for one in decorators)])


def _codes(body: list[ast.stmt], file: str) -> Iterator[CodeType]:
    """All pieces of code that some statements make."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            left = [compile(ast.Module(body, []), file, "exec", dont_inherit=True)]
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError):
        return
    while left:
        code = left.pop()
        yield code
        left += [one for one in code.co_consts if isinstance(one, CodeType)]


def _same(made: CodeType, code: CodeType) -> bool:
    return (made.co_name, made.co_firstlineno) == (code.co_name, code.co_firstlineno) and _steps(made) == _steps(code)


def _steps(code: CodeType) -> list[tuple[bytes, tuple[str, ...], tuple[str, ...], tuple[str, ...]]]:
    """What a piece of code does, with those inside it."""
    inner = [one for one in code.co_consts if isinstance(one, CodeType)]
    constants = tuple(repr(one) for one in code.co_consts if not isinstance(one, CodeType))
    own = (code.co_code, code.co_names, code.co_varnames, constants)
    return [own, *(step for one in inner for step in _steps(one))]

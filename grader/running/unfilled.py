"""Recognises a function that was left as handed out, with None where the student's code belongs.

Templates of other courses do not raise there, as ours do: they assign None, or leave the place empty.
"""

from __future__ import annotations

import ast
import inspect
import linecache
import re
import textwrap
import tokenize
from collections.abc import Callable, Iterator
from functools import lru_cache
from types import CodeType
from typing import Any

_BEGINS = re.compile(r"^\s*#.*\b(START CODE|CODE STARTS|BEGIN SOLUTION)\b", re.IGNORECASE)
_ENDS = re.compile(r"^\s*#.*\b(END CODE|CODE ENDS|END SOLUTION)\b", re.IGNORECASE)
# Of a loop or a condition it is what stands in it that counts.
_AROUND = (ast.For, ast.While, ast.If, ast.With, ast.Try)


def is_unfilled(function: Callable[..., Any]) -> bool:
    """Whether each place for the student's code in a function is empty; False where it has no such place."""
    code = getattr(inspect.unwrap(function), "__code__", None)
    return isinstance(code, CodeType) and _is_unfilled(code)


def is_left_over(code: CodeType, line: int) -> bool:
    """Whether a line that raises NotImplementedError, as a file counts, has a student's lines in its place around it."""
    places, written = _written(code)
    number = line - code.co_firstlineno + 1
    return any(begin < number < end and begin < one < end for begin, end in places for one in written if one != number)


def _is_unfilled(code: CodeType) -> bool:
    places, written = _written(code)
    return bool(places) and not any(begin < line < end for begin, end in places for line in written)


@lru_cache(256)
def _written(code: CodeType) -> tuple[list[tuple[int, int]], list[int]]:
    """The places for a student's code, and the lines of statements that are not empty, both counted from the `def`."""
    try:
        # `inspect.getsource` looks for files, which the sandbox does not let it do.
        lines = linecache.getlines(code.co_filename)[code.co_firstlineno - 1 :]
        source = textwrap.dedent("".join(inspect.getblock(lines)))
        statements = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.stmt)]
    except (OSError, ValueError, SyntaxError, RecursionError, IndexError, tokenize.TokenError):
        return [], []
    return list(_places(source)), [s.lineno for s in statements if not isinstance(s, _AROUND) and not _is_empty(s)]


def _places(source: str) -> Iterator[tuple[int, int]]:
    """The lines of the markers around each place."""
    begin = 0
    for number, line in enumerate(source.splitlines(), 1):
        if _BEGINS.match(line):
            begin = number
        elif begin and _ENDS.match(line):
            yield begin, number
            begin = 0


def _is_empty(statement: ast.stmt) -> bool:
    """`x = None`, `pass` or a bare text."""
    value = getattr(statement, "value", None)
    nothing = isinstance(value, ast.Constant) and value.value in (None, ...)
    return (
        isinstance(statement, ast.Pass)
        or (nothing and isinstance(statement, (ast.Assign, ast.AnnAssign, ast.Return, ast.Expr)))
        or (isinstance(statement, ast.Expr) and isinstance(value, ast.Constant))
    )

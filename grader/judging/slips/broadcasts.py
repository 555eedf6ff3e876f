"""A column and a row of one length, entry by entry: a table of m by m comes out where a row or a column was meant."""

from __future__ import annotations

import ast
import sys
from collections import ChainMap
from collections.abc import Callable
from types import FrameType
from typing import Any

from ...course import Case
from ...running.calling import tried
from ...running.exceptions.place import Shape, shape_in
from .edits import Edit, Tree

_SIGNS = (ast.Add, ast.Sub, ast.Mult, ast.Div)
# So many lines of a call are looked at.
MOST_LINES = 2_000


def outer_broadcast(function: Callable[..., Any], case: Case, tree: Tree) -> Edit | None:
    """The first operation on a column and a row of one length while the case runs; None where there is none.

    Shapes are read from the names of each line before it runs; nothing of the student's is asked.
    """
    lines: dict[int, list[ast.BinOp]] = {}
    for node in tree.of(ast.BinOp):
        if isinstance(node.op, _SIGNS):
            lines.setdefault(tree.statement(node).lineno, []).append(node)
    found: list[Edit] = []
    code, left = function.__code__, MOST_LINES

    def look(frame: FrameType, event: str, _arg: Any) -> Any:
        nonlocal left
        if frame.f_code is not code or found or left <= 0:
            return None
        left -= 1
        if event == "line" and frame.f_lineno in lines:
            names = ChainMap(dict(frame.f_locals), frame.f_globals)
            found.extend(edit for node in lines[frame.f_lineno] if (edit := _table(node, names, tree)))
        return look

    before = sys.gettrace()
    sys.settrace(look)
    try:
        tried(function, case)
    finally:
        sys.settrace(before)
    return found[0] if found else None


def _table(node: ast.BinOp, names: ChainMap[str, Any], tree: Tree) -> Edit | None:
    one, other = shape_in(node.left, names), shape_in(node.right, names)
    if one is None or other is None or not _is_column_and_row(one, other):
        return None
    sides = (tree.quote(node.left), str(one), tree.quote(node.right), str(other))
    return Edit("table", node, (tree.quote(node), *sides, str((max(one), max(one)))), ())


def _is_column_and_row(one: Shape, other: Shape) -> bool:
    return len(one) == len(other) == 2 and one == other[::-1] and 1 in one and max(one) > 1

"""Slips of an index: a neighbour, the last for the first, the size of another axis."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .edits import Edit, Tree
from .likely import plus

# Larger numbers are hardly miscounted.
_MANY = 4
_ENDS = (0, -1)
_AXES = (0, 1, -1, -2)


def index_slips(tree: Tree) -> Iterator[Edit]:
    """`l` where `l + 1` or `l - 1` belongs, in an index or in a key; and `l + 1` where `l` does; another entry or size."""
    counters = {node.id for loop in tree.of(ast.For) for node in ast.walk(loop.target) if isinstance(node, ast.Name)}
    for node in tree.of(ast.Subscript):
        if (index := _whole_number(node.slice)) is not None:
            yield from _other_index(tree, node, index)
            continue
        for part in ast.walk(node.slice):
            match tree.parent(part):
                case ast.BinOp(op=ast.Mult() | ast.Div() | ast.FloorDiv() | ast.Pow() | ast.Mod()):
                    continue  # a factor is no place
            match part:
                case ast.Name(id=name, ctx=ast.Load()) if name in counters:
                    news: list[ast.expr] = [plus(part, 1), plus(part, -1)]
                case ast.BinOp(left=ast.Name() as one, op=ast.Add() | ast.Sub(), right=ast.Constant(value=1)):
                    news = [one, plus(one, 2 if isinstance(part.op, ast.Add) else -2)]
                case ast.Constant(value=int(value)) if type(value) is int and -2 <= value <= 3:
                    news = [ast.Constant(value + 1), ast.Constant(value - 1)]
                case _:
                    continue
            for new in news:
                yield Edit("neighbour", part, (tree.quote(node),), (tree.replaced(part, new),))


def _whole_number(node: ast.AST) -> int | None:
    """The whole number that an index is as it is written, with its sign."""
    match node:
        case ast.Constant(value=int(value)) if type(value) is int:
            return value
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(value))) if type(value) is int:
            return -value
    return None


def _other_index(tree: Tree, node: ast.Subscript, index: int) -> Iterator[Edit]:
    """The size of another axis; an entry beside; the last one for the first, and the other way round."""
    of_shape = isinstance(node.value, ast.Attribute) and node.value.attr == "shape"
    near = [n for n in (index + 1, index - 1) if (n < 0) == (index < 0)]
    far = [n for n in _AXES if n != index] if of_shape else [-1 - index] * (index in _ENDS)
    for new in dict.fromkeys([*near, *far]) if abs(index) < _MANY else ():
        kind = "size" if of_shape else "neighbour" if new in near else "entry"
        yield Edit(kind, node, (tree.quote(node),), (tree.replaced(node.slice, ast.Constant(new)),))

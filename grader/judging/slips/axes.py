"""Slips of axes: the one that a sum or a mean goes along, those of a product and of a transpose, in matrices and in stacks of them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .edits import Edit, Tree

_REDUCING = ("sum", "mean", "max", "min", "amax", "amin", "std", "var", "norm", "prod", "argmax")
_AXES = (0, 1, None)
# Along the last one go the rows of each matrix of a stack.
_AXES_OF_STACKS = (-1, *_AXES)


def other_axes(tree: Tree, stacked: bool) -> Iterator[Edit]:
    """Another axis of a sum, a mean or the like, with its axis kept or not."""
    for node in tree.of(ast.Call):
        match node:
            case ast.Call(func=ast.Attribute(value=owner, attr=name), args=args, keywords=keywords) if (
                name in _REDUCING
            ):
                others = [k for k in keywords if k.arg not in ("axis", "keepdims")]
                now = {k.arg: ast.unparse(k.value) for k in keywords}
                own = isinstance(owner, ast.Name) and owner.id == "np"
                kept_args = args[:1] if own or isinstance(owner, ast.Attribute) else args[:0]
                if name == "norm" and len(args) > len(kept_args):
                    continue  # that is the order of the norm
                if len(args) > len(kept_args):
                    now["axis"] = ast.unparse(args[len(kept_args)])
                for axis in _AXES_OF_STACKS if stacked else _AXES:
                    for kept in (True, False):
                        if (now.get("axis", "None"), now.get("keepdims", "False")) == (str(axis), str(kept)):
                            continue
                        new = [] if axis is None else [ast.keyword("axis", ast.Constant(axis))]
                        new += [ast.keyword("keepdims", ast.Constant(True))] if kept else []
                        call = ast.Call(node.func, kept_args, [*others, *new])
                        about = (tree.quote(node), now.get("axis", ""))
                        yield Edit(
                            _kind(now.get("axis", "None"), str(axis), kept), node, about, (tree.replaced(node, call),)
                        )


def _kind(axis: str, needed: str, kept: bool) -> str:
    if axis == needed:
        return "axis kept" if kept else "axis not kept"
    return "no axis" if axis == "None" else "axis"


def other_products(tree: Tree, stacked: bool) -> Iterator[Edit]:
    """A matrix product where products entry by entry belong, and the other way round; with a transpose more or less."""
    for node in tree.of(ast.BinOp, ast.Call):
        match node:
            case ast.BinOp(left=left, op=ast.MatMult() | ast.Mult() as op, right=right):
                matrix = isinstance(op, ast.MatMult)
            case ast.Call(func=ast.Attribute(attr="dot" | "matmul" | "multiply" as name), args=[left, right]):
                matrix = name != "multiply"
            case _:
                continue
        plain = [_unturned(left), _unturned(right)]
        about = (tree.quote(node),)
        if matrix:
            for first, second in ((left, right), (plain[0], plain[1])):
                new = ast.BinOp(first, ast.Mult(), second)
                yield Edit("matrix product", node, about, (tree.replaced(node, new),))
            yield Edit("product turned", node, about, (tree.replaced(node, ast.BinOp(right, ast.MatMult(), left)),))
        for one, other in ((0, 1), (1, 0), (1, 1), (0, 0)):
            pair = [_turned(p, stacked) if turned else p for p, turned in zip(plain, (one, other), strict=True)]
            new = ast.BinOp(pair[0], ast.MatMult(), pair[1])
            if not matrix or ast.dump(pair[0]) + ast.dump(pair[1]) != ast.dump(left) + ast.dump(right):
                kind = "transpose" if matrix else "entry by entry"
                yield Edit(kind, node, about, (tree.replaced(node, new),))


def all_axes_turned(tree: Tree) -> Iterator[Edit]:
    """Each matrix of a stack transposed, and not the whole."""
    for node in tree.of(ast.Attribute):
        if node.attr == "T":
            new = _turned(node.value, stacked=True)
            yield Edit("all axes turned", node, (tree.quote(node),), (tree.replaced(node, new),))


def other_transposes(tree: Tree) -> Iterator[Edit]:
    """No transpose where there is one."""
    for node in tree.of(ast.Attribute):
        if node.attr == "T":
            yield Edit("transpose", node, (tree.quote(node),), (tree.replaced(node, node.value),))


def _unturned(node: ast.expr) -> ast.expr:
    """What is transposed in an expression, however that is written; the expression itself where nothing is."""
    match node:
        case ast.Attribute(value=value, attr="T"):
            return value
        case ast.Call(func=ast.Attribute(value=ast.Name(id="np"), attr="swapaxes" | "transpose"), args=[value, *_axes]):
            return value
        case ast.Call(func=ast.Attribute(value=value, attr="swapaxes" | "transpose")):
            return value
    return node


def _turned(node: ast.expr, stacked: bool) -> ast.expr:
    """A matrix transposed; of a stack, each of its matrices."""
    if not stacked:
        return ast.Attribute(node, "T", ast.Load())
    last_two: list[ast.expr] = [ast.Constant(-1), ast.Constant(-2)]
    return ast.Call(ast.Attribute(node, "swapaxes", ast.Load()), last_two, [])

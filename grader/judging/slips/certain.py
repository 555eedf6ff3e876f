"""Slips that are a mistake anywhere: Python does something other than what the code appears to say."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from .edits import Edit, Tree

# What changes a list, and returns None.
_IN_PLACE = ("append", "extend", "insert", "sort", "reverse")
_SIGNS = (ast.UAdd, ast.USub)
# Python's own functions, which take an array apart along its first axis.
_BUILTIN = {"sum": "sum", "max": "max", "min": "min"}


def certain_slips(tree: Tree) -> Iterator[Edit]:
    """The edits that mend what is a mistake anywhere."""
    yield from _comparison_alone(tree)
    yield from _given_none(tree)
    yield from _always_true(tree)
    yield from _sign_behind(tree)
    yield from _bits_turned(tree)
    yield from _one_counter(tree)
    yield from _return_in_loop(tree)
    yield from _added_to_start(tree)
    yield from _line_that_goes_on(tree)
    yield from _plain_text(tree)
    yield from _default_handed_on(tree)


def _default_handed_on(tree: Tree) -> Iterator[Edit]:
    """`train(X, Y, 2000)` in a function whose own `num_iterations=2000` it is."""
    own: dict[float | None, str] = {value: name for name, value in _defaults(tree.function) if value not in _USUAL}
    for node in tree.of(ast.Call):
        given = {one: own[_value(one)] for one in node.args if _value(one) in own}
        if given and isinstance(node.func, ast.Name):
            args = [_located(ast.Name(given[one], ast.Load()), one) if one in given else one for one in node.args]
            about = ("`, `".join(given.values()), ", ".join(map(tree.quote, given)))
            yield Edit("default handed on", node, about, ((node, "args", args),), certain=True)


def _located(new: ast.expr, at: ast.expr) -> ast.expr:
    return ast.copy_location(new, at)


# Such numbers stand in calls for many reasons.
_USUAL = (0, 1, 2, -1)


def _defaults(function: ast.FunctionDef) -> Iterator[tuple[str, float]]:
    """The parameters that are a number by default."""
    arguments = function.args
    last = arguments.args[len(arguments.args) - len(arguments.defaults) :]
    pairs = [
        *zip(last, arguments.defaults, strict=True),
        *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
    ]
    for one, default in pairs:
        if (value := _value(default)) is not None:
            yield one.arg, value


def _value(node: ast.expr | None) -> float | None:
    """The number that stands there; None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)) and not isinstance(node.value, bool):
        return node.value
    return None


def _line_that_goes_on(tree: Tree) -> Iterator[Edit]:
    """`+ k * W` on a line of its own: the line before had ended."""
    for node in tree.of(ast.Expr):
        parent, field, index = tree._places[node]
        before = getattr(parent, field)[index - 1] if index > 0 else None
        first = node.value
        while isinstance(first, ast.BinOp):
            first = first.left
        if isinstance(before, ast.Assign) and isinstance(first, ast.UnaryOp) and isinstance(first.op, _SIGNS):
            whole = f"({tree.source(before.value)}) {tree.source(node)}"
            new = ast.parse(" ".join(whole.split()), mode="eval").body
            yield Edit("line goes on", node, (), (tree.replaced(before.value, new),), certain=True)


def _plain_text(tree: Tree) -> Iterator[Edit]:
    """`"dW{l}"` with no `f` in front, all of them at once."""
    names = {node.id for node in tree.of(ast.Name)} | {one.arg for one in tree.function.args.args}
    plain = [node for node in tree.of(ast.Constant) if _is_pattern(tree, node, names)]
    if plain:
        sets = tuple(tree.replaced(node, ast.parse("f" + tree.source(node), mode="eval").body) for node in plain)
        yield Edit(
            "plain text", plain[0], (tree.quote(plain[0]), _in_brackets(tree.source(plain[0]))[0]), sets, certain=True
        )


def _is_pattern(tree: Tree, text: ast.Constant, names: set[str]) -> bool:
    """Whether a text is an entry's key with a name of the function in brackets."""
    is_key = isinstance(tree.parent(text), ast.Subscript) and tree.source(text)[:1] in ("'", '"')
    return is_key and bool(names & set(_in_brackets(tree.source(text))))


def _in_brackets(text: str) -> list[str]:
    """The names that stand first in curly brackets."""
    return re.findall(r"\{\s*([A-Za-z_]\w*)[^{}]*\}", text)


def _comparison_alone(tree: Tree) -> Iterator[Edit]:
    for node in tree.of(ast.Expr):
        match node.value:
            case ast.Compare(left=ast.Name() | ast.Subscript() as left, ops=[ast.Eq()], comparators=[right]):
                target = (
                    ast.Name(left.id, ast.Store())
                    if isinstance(left, ast.Name)
                    else ast.Subscript(left.value, left.slice, ast.Store())
                )
                yield Edit("comparison", node, (), (tree.replaced(node, ast.Assign([target], right)),), certain=True)


def _given_none(tree: Tree) -> Iterator[Edit]:
    for node in tree.of(ast.Assign):
        match node:
            case ast.Assign(
                targets=[ast.Name(id=name)],
                value=ast.Call(func=ast.Attribute(value=ast.Name(id=owner), attr=method)) as call,
            ) if method in _IN_PLACE and name == owner:
                yield Edit("given None", node, (method, name), (tree.replaced(node, ast.Expr(call)),), certain=True)


def _always_true(tree: Tree) -> Iterator[Edit]:
    for node in tree.of(ast.BoolOp):
        match node:
            case ast.BoolOp(op=ast.Or(), values=[ast.Compare(ops=[op]) as first, *others]) if others and all(
                isinstance(one, ast.Constant) and one.value for one in others
            ):
                each = [ast.Compare(first.left, [op], [one]) for one in others]
                new = ast.BoolOp(ast.Or(), [first, *each])
                yield Edit("always true", node, (tree.quote(node),), (tree.replaced(node, new),), certain=True)


def _sign_behind(tree: Tree) -> Iterator[Edit]:
    """`n =- 1`, which gives n the value -1."""
    for node in tree.of(ast.Assign):
        match node:
            case ast.Assign(
                targets=[ast.Name() as target], value=ast.UnaryOp(op=ast.USub() | ast.UAdd() as op) as value
            ):
                between = tree.quote(node)[len(tree.quote(target)) :].lstrip()
                if between[:2] in ("=-", "=+") and between[2:3] == " ":
                    sign = ast.Sub() if isinstance(op, ast.USub) else ast.Add()
                    new = ast.AugAssign(target, sign, value.operand)
                    yield Edit("sign behind", node, (between[:2], target.id), (tree.replaced(node, new),), certain=True)


def _bits_turned(tree: Tree) -> Iterator[Edit]:
    parameters = {one.arg for one in tree.function.args.args}
    for node in tree.of(ast.If, ast.While, ast.IfExp):
        match node.test:
            case ast.UnaryOp(op=ast.Invert(), operand=ast.Name(id=name) as operand) if name in parameters:
                new = ast.UnaryOp(ast.Not(), operand)
                yield Edit(
                    "bits turned", node, (tree.quote(node.test),), (tree.replaced(node.test, new),), certain=True
                )


def _one_counter(tree: Tree) -> Iterator[Edit]:
    """A loop in a loop that counts with the same name."""
    for node in tree.of(ast.For):
        outer = tree.around(node, ast.For)
        while outer is not None:
            if isinstance(outer, ast.For) and ast.dump(outer.target) == ast.dump(node.target):
                about = (tree.quote(node.target), str(outer.lineno))
                yield Edit("one counter", node, about, (tree.replaced(node, [*node.body]),))
                break
            outer = tree.around(outer, ast.For)


def _return_in_loop(tree: Tree) -> Iterator[Edit]:
    """A `return` as the last line of a loop's body: there is no second round."""
    for loop in tree.of(ast.For, ast.While):
        if isinstance(loop.body[-1], ast.Return):
            parent, field, index = tree._places[loop]
            old = getattr(parent, field)
            moved = [*old[: index + 1], loop.body[-1], *old[index + 1 :]]
            sets = ((loop, "body", loop.body[:-1] or [ast.Pass()]), (parent, field, moved))
            yield Edit("return in loop", loop.body[-1], (str(loop.lineno),), sets, certain=True)


def _added_to_start(tree: Tree) -> Iterator[Edit]:
    """`sum(x, 1)`: what Python's sum takes second is where it starts."""
    for node in tree.of(ast.Call):
        match node:
            case ast.Call(func=ast.Name(id="sum"), args=[array, ast.Constant(value=int(axis))]):
                new = _of_numpy("sum", array, min(axis, 1))
                yield Edit(
                    "start of sum", node, (tree.quote(node), str(axis)), (tree.replaced(node, new),), certain=True
                )


def _of_numpy(name: str, array: ast.expr, axis: int | None) -> ast.Call:
    keywords = (
        [] if axis is None else [ast.keyword("axis", ast.Constant(axis)), ast.keyword("keepdims", ast.Constant(True))]
    )
    return ast.Call(ast.Attribute(ast.Name("np", ast.Load()), name, ast.Load()), [array], keywords)


def pythons_own(tree: Tree) -> Iterator[Edit]:
    """Python's `sum`, `max` and `min`, which go along the first axis only, with numpy's in their place."""
    for node in tree.of(ast.Call):
        match node:
            case ast.Call(func=ast.Name(id=name), args=[array], keywords=[]) if name in _BUILTIN:
                for axis in (None, 1, 0):
                    new = _of_numpy(_BUILTIN[name], array, axis)
                    yield Edit("Python's own", node, (name, tree.quote(node)), (tree.replaced(node, new),))

"""Slips of one token: a sign, number, name, function or keyword in the place of another."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from .axes import all_axes_turned, other_axes, other_products, other_transposes
from .certain import pythons_own
from .edits import Edit, Tree

_OTHER_SIGN: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.MatMult, ast.Add, ast.Pow),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.MatMult: (ast.Mult,),
    ast.FloorDiv: (ast.Div,),
    ast.Pow: (ast.Mult,),
    ast.BitXor: (ast.Pow,),
}
_OTHER_COMPARISON: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
}
_ALIKE = (
    ("sum", "mean", "max", "min", "prod"),
    ("maximum", "minimum"),
    ("log", "log2", "log10", "log1p"),
    ("exp", "exp2", "expm1"),
    ("ceil", "floor", "round"),
    ("sqrt", "square", "abs"),
    ("fliplr", "flipud"),
    ("zeros", "ones"),
    ("zeros_like", "ones_like"),
    ("rand", "randn"),
    ("standard_normal", "random"),
    ("argmax", "argmin"),
    ("std", "var"),
    ("tanh", "sinh"),
    ("dot", "multiply"),
    ("dot", "matmul"),
)
# Whole numbers that stand in formulas.
_COMMON = (-1, 0, 1, 2)
# Of a long function not each name is tried for each other.
MOST_NAMES = 100


def small_slips(tree: Tree, entries: Collection[str] = (), stacked: bool = False) -> Iterator[Edit]:
    """Edits of single signs, numbers, names and calls.

    entries   the keys of the dictionaries among the arguments
    stacked   whether one of the arguments is a stack of matrices
    """
    # First, since what is too many can be made up for in many ways.
    yield from _too_many(tree)
    yield from _signed_sums(tree)
    yield from other_axes(tree, stacked)
    yield from pythons_own(tree)
    yield from all_axes_turned(tree) if stacked else ()
    yield from other_products(tree, stacked)
    yield from _functions(tree)
    yield from _signs(tree)
    yield from other_transposes(tree)
    yield from _numbers(tree)
    yield from _wrapped(tree)
    yield from _names(tree, entries)


def _functions(tree: Tree) -> Iterator[Edit]:
    for node in tree.of(ast.Attribute):
        if isinstance(node.value, (ast.Name, ast.Attribute)) and isinstance(tree.parent(node), ast.Call):
            others = dict.fromkeys(o for family in _ALIKE if node.attr in family for o in family if o != node.attr)
            for other in others:
                new = ast.Attribute(node.value, other, ast.Load())
                yield Edit("function", node, (tree.quote(node),), (tree.replaced(node, new),))


def _signed_sums(tree: Tree) -> Iterator[Edit]:
    """A sum or a mean of differences, of which those above and below 0 cancel."""
    for node in tree.of(ast.Call):
        match node:
            case ast.Call(func=ast.Attribute(attr="sum" | "mean"), args=[one, *_axis]) if not _is_call(one, "abs"):
                absolute = ast.Call(ast.Attribute(ast.Name("np", ast.Load()), "abs", ast.Load()), [one], [])
                yield Edit("signed sum", node, (tree.quote(node),), (tree.replaced(one, absolute),))


def _is_call(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == name


def _too_many(tree: Tree) -> Iterator[Edit]:
    """One factor, divisor or term left out."""
    for node in tree.of(ast.BinOp):
        kind = _TOO_MANY.get(type(node.op))
        if kind is None or any(
            isinstance(one, ast.Constant) and isinstance(one.value, str) for one in (node.left, node.right)
        ):
            continue  # a text that is put together has no terms
        if isinstance(node.right, _SINGLE):
            yield Edit(kind, node, (tree.quote(node), tree.quote(node.right)), (tree.replaced(node, node.left),))
        if isinstance(node.op, (ast.Add, ast.Mult)) and isinstance(node.left, _SINGLE):
            yield Edit(kind, node, (tree.quote(node), tree.quote(node.left)), (tree.replaced(node, node.right),))


_TOO_MANY: dict[type[ast.operator], str] = {
    **{ast.Mult: "factor too many", ast.Div: "divisor too many"},
    **{ast.Add: "term too many", ast.Sub: "term too many"},
}
# What is too many is a number or a name, and no formula.
_SINGLE = (ast.Constant, ast.Name, ast.Attribute, ast.Subscript)


def _signs(tree: Tree) -> Iterator[Edit]:
    for node in tree.of(ast.BinOp):
        for other in _OTHER_SIGN.get(type(node.op), ()):
            kind = "no power" if isinstance(node.op, ast.BitXor) else "fractions" if other is ast.FloorDiv else "sign"
            yield Edit(kind, node, (tree.quote(node), _SIGN[type(node.op)]), ((node, "op", other()),))
        if isinstance(node.op, (ast.Sub, ast.Div)):
            new = ast.BinOp(node.right, node.op, node.left)
            yield Edit("turned", node, (tree.quote(node),), (tree.replaced(node, new),))
    yield from _signs_alike(tree)
    yield from _minus_inside(tree)
    yield from _added(tree)
    for node in tree.of(ast.UnaryOp):
        if isinstance(node.op, (ast.USub, ast.Not)):
            kind = "minus" if isinstance(node.op, ast.USub) else "equality"
            yield Edit(kind, node, (tree.quote(node),), (tree.replaced(node, node.operand),))
    for step in tree.of(ast.Assign, ast.AugAssign, ast.Return):
        if step.value is not None and not isinstance(step.value, (ast.Tuple, ast.Dict, ast.Constant, ast.List)):
            minus = ast.UnaryOp(ast.USub(), step.value)
            yield Edit("no minus", step, (tree.quote(step.value),), (tree.replaced(step.value, minus),))


def _signs_alike(tree: Tree) -> Iterator[Edit]:
    """One sign in each of several operations with the same, as in `h + stride` and `w + stride`."""
    groups: dict[tuple[type[ast.operator], str], list[ast.BinOp]] = {}
    for node in tree.of(ast.BinOp):
        if isinstance(node.right, (ast.Name, ast.Constant)):
            groups.setdefault((type(node.op), tree.source(node.right)), []).append(node)
    for (sign, _text), nodes in groups.items():
        for other in _OTHER_SIGN.get(sign, ()) if len(nodes) > 1 else ():
            if other is not ast.FloorDiv:
                sets = tuple((node, "op", other()) for node in nodes)
                yield Edit("sign", nodes[0], (tree.quote(nodes[0]), _SIGN[sign]), sets)


def _minus_inside(tree: Tree) -> Iterator[Edit]:
    """`exp(z)` where `exp(-z)` is needed."""
    for node in tree.of(ast.Call):
        match node:
            case ast.Call(func=ast.Attribute(attr="exp") | ast.Name(id="exp"), args=[one]) if not isinstance(
                one, ast.UnaryOp
            ):
                yield Edit("minus inside", one, (tree.quote(one),), (tree.replaced(one, ast.UnaryOp(ast.USub(), one)),))


def _added(tree: Tree) -> Iterator[Edit]:
    """`=` for `+=` in a loop, and the other way round; comparisons at their border."""
    for node in tree.of(ast.AugAssign):
        for other in _OTHER_SIGN.get(type(node.op), ()):
            yield Edit("sign", node, (tree.quote(node), _SIGN[type(node.op)] + "="), ((node, "op", other()),))
        plain = ast.Assign([node.target], node.value)
        yield Edit("added up", node, (tree.quote(node),), (tree.replaced(node, plain),))
    for node in tree.of(ast.Assign):
        if len(node.targets) == 1 and isinstance(node.targets[0], (ast.Name, ast.Subscript)):
            new = ast.AugAssign(node.targets[0], ast.Add(), node.value)
            if tree.around(node, ast.For, ast.While) is not None:
                yield Edit("not added up", node, (tree.quote(node),), (tree.replaced(node, new),))
    for node in tree.of(ast.Compare):
        for sign in _OTHER_COMPARISON.get(type(node.ops[0]), ()):
            kind = "equality" if isinstance(node.ops[0], (ast.Eq, ast.NotEq)) else "comparison sign"
            about = (tree.quote(node), tree.quote(node.comparators[0]))
            yield Edit(kind, node, about, ((node, "ops", [sign(), *node.ops[1:]]),))


_SIGN: dict[type[ast.operator], str] = {
    **{ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.MatMult: "@", ast.FloorDiv: "//", ast.Pow: "**"},
    **{ast.BitXor: "^", ast.Mod: "%"},
}


def _numbers(tree: Tree) -> Iterator[Edit]:
    arguments = [one.arg for one in tree.function.args.args]
    # Of two factors in one product, the one that is too many is not the 1 of 1 / m.
    for node in sorted(tree.of(ast.Constant), key=lambda node: type(node.value) is not bool and node.value == 1):
        parent = tree.parent(node)
        if type(node.value) is bool:
            news: list[bool | float] = [not node.value]
        elif type(node.value) in (int, float) and not isinstance(parent, (ast.keyword, ast.Subscript, ast.Tuple)):
            v = node.value
            news = [v + 1, v - 1, 2 * v, v / 2] if v else [1, -1]
        else:
            continue
        if tree.around(node, ast.arguments) is None:
            if type(node.value) is float or node.value not in _COMMON:
                yield from (
                    Edit("fixed number", node, (tree.quote(node),), (tree.replaced(node, ast.Name(name, ast.Load())),))
                    for name in arguments
                )
            for value in news:
                yield Edit("number", node, (tree.quote(node),), (tree.replaced(node, ast.Constant(value)),))


def _wrapped(tree: Tree) -> Iterator[Edit]:
    """A call with one keyword less, or without its function."""
    for node in tree.of(ast.Call):
        for keyword in node.keywords:
            if keyword.arg not in ("axis", "keepdims"):
                rest = [one for one in node.keywords if one is not keyword]
                about = (tree.quote(node), keyword.arg or "**")
                yield Edit("keyword", node, about, ((node, "keywords", rest),))
        if len(node.args) == 1 and not isinstance(node.args[0], ast.Starred):
            new = node.args[0]
            yield Edit("call too many", node, (tree.quote(node.func), tree.quote(node)), (tree.replaced(node, new),))
        if len(node.args) >= 2 and not any(isinstance(one, ast.Starred) for one in node.args):
            swapped = [node.args[1], node.args[0], *node.args[2:]]
            yield Edit("arguments exchanged", node, (tree.quote(node),), ((node, "args", swapped),))


def _names(tree: Tree, entries: Collection[str]) -> Iterator[Edit]:
    """Another name of the function's own, the most similar first."""
    arguments = tree.function.args
    known = [one.arg for one in (*arguments.args, *arguments.kwonlyargs)]
    # A list that is put into itself has no end.
    grown = {
        node.value.id for node in tree.of(ast.Attribute) if isinstance(node.value, ast.Name) and node.attr == "append"
    }
    known += [node.id for node in tree.of(ast.Name) if isinstance(node.ctx, ast.Store)]
    keys = [node.value for node in tree.of(ast.Constant) if isinstance(node.value, str) and node.value.isidentifier()]
    keys += entries
    edits = []
    for node in tree.of(ast.Name):
        if isinstance(node.ctx, ast.Load) and node.id in known and not _of_whole(tree, node):
            edits += [
                (
                    _likeness(node.id, other),
                    Edit("name", node, (node.id,), (tree.replaced(node, ast.Name(other, ast.Load())),)),
                )
                for other in dict.fromkeys(known)
                if other != node.id and other not in grown
            ]
    for node in tree.of(ast.Subscript):
        match node.slice:
            case ast.Constant(value=str(key)) as at:
                edits += [
                    (_likeness(key, other), Edit("name", at, (f'"{key}"',), (tree.replaced(at, ast.Constant(other)),)))
                    for other in dict.fromkeys(keys)
                    if other != key
                ]
    edits.sort(key=lambda one: -one[0])
    yield from (edit for _likeness, edit in edits[:MOST_NAMES])


def _of_whole(tree: Tree, node: ast.AST) -> bool:
    """Whether a name is what is returned, or what a loop runs over: another one there makes another function of it."""
    parent = tree.parent(node)
    loop = tree.around(node, ast.For, ast.comprehension)
    in_head = loop is not None and any(part is node for part in ast.walk(loop.iter))  # type: ignore[attr-defined]
    return in_head or isinstance(parent, ast.Return) or isinstance(tree.parent(parent or node), ast.Return)


@lru_cache(1024)
def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()

"""Generates the mutants of a solution, each one small change with the sentence that explains it."""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from .mutant_words import mutant_key


@dataclass(frozen=True)
class Mutant:
    """A changed solution. `id` is the line as it reads after the change; `key` what was done and where, without code."""

    id: str
    key: str
    source: str


@dataclass(frozen=True)
class Change:
    """What a change is, on what, and the node in place of the old one (None deletes a statement)."""

    kind: str
    new: ast.AST | None
    about: ast.AST | str = ""


@cache
def mutants(source: str, symbols: str = "") -> tuple[Mutant, ...]:
    """Every mutant of one function, each id once.

    symbols   the names, as a regular expression, that its students know beside those around the solution
    """
    tree = ast.parse(source)
    before = ast.unparse(tree)
    places = _Places(source, tree, symbols)
    names, to_fill = _own_names(tree), _lines_to_fill(source)
    made: dict[str, Mutant] = {}
    for index, node in enumerate(ast.walk(tree)):
        others = _other_names(node, names) if getattr(node, "lineno", 0) in to_fill else ()
        for change in (*_changes(node), *others):
            text = ast.unparse(_replaced(tree, index, change.new))
            id = _changed_line(before, text)
            if id and id not in made:
                made[id] = Mutant(id, mutant_key(places.of(node), *places.kind_and_subject(node, change)), text)
    return tuple(made.values())


def _replaced(tree: ast.AST, index: int, new: ast.AST | None) -> ast.AST:
    """A copy of the tree with its node number `index` (in the order of ast.walk) replaced or deleted."""
    whole = copy.deepcopy(tree)
    old = next(node for number, node in enumerate(ast.walk(whole)) if number == index)

    class Replace(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> Any:
            if node is old:
                return ast.Pass() if new is None else copy.deepcopy(new)
            return self.generic_visit(node)

    changed: ast.AST = Replace().visit(whole)
    return ast.fix_missing_locations(changed)


def _changed_line(before: str, after: str) -> str:
    for one, other in zip(before.split("\n"), after.split("\n"), strict=False):
        if one != other:
            return f"without {one.strip()}" if other.strip() == "pass" else other.strip()
    return ""


# ---- where a change is, in names that the student knows

_SOLUTION = re.compile(r"### START CODE HERE ###.*?### END CODE HERE ###", re.DOTALL)


class _Places:
    """Where a node of a function stands: the quantity that its statement computes, by a name the student knows."""

    def __init__(self, source: str, tree: ast.AST, symbols: str) -> None:
        self._symbol = re.compile(symbols)
        self._parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
        called = {
            node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        self._given = called | set(re.findall(r"\w+", _SOLUTION.sub("", source)))
        self._steps = [node for node in ast.walk(tree) if isinstance(node, (ast.Assign, ast.AugAssign))]
        axes = (node.value for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "axis")
        self._axes = {node.id for node in axes if isinstance(node, ast.Name)}

    def of(self, node: ast.AST) -> str:
        """The quantity on whose way the node stands, or '(loop)', '(condition)', '(defaults)', '(step)'."""
        while not isinstance(node, (ast.stmt, ast.arguments)):
            node = self._parents[node]
        if isinstance(node, (ast.Assign, ast.AugAssign)):
            quantities = self._quantities(node, set())
            return quantities.pop() if len(quantities) == 1 else "(step)"
        kinds: list[tuple[Any, str]] = [
            (ast.For, "(loop)"),
            ((ast.If, ast.While), "(condition)"),
            (ast.arguments, "(defaults)"),
        ]
        return next((place for kind, place in kinds if isinstance(node, kind)), "(step)")

    def kind_and_subject(self, node: ast.AST, change: Change) -> tuple[str, str]:
        """The kind of a change, and what it is about, in names that the student knows."""
        parent = self._parents.get(node)
        if self._is_of_axes(node):
            return "another direction", ""
        if isinstance(node, ast.Constant) and isinstance(parent, ast.keyword):
            # keepdims=False is the same as none.
            return ("without argument" if node.value is True else "another value"), parent.arg or ""
        if _is_number(node) and (index := self._index_around(node)):
            return ("another axis", self.known(index.value)) if _is_shape(index.value) else ("another number", "")
        return change.kind, self.known(change.about)

    def _is_of_axes(self, node: ast.AST) -> bool:
        """Whether a node belongs to what says along which axis a function of numpy goes: directly, or by a name of its own."""
        for around in self._around(node):
            if isinstance(around, ast.keyword):
                return around.arg == "axis"
            if isinstance(around, ast.Assign):
                return any(name in self._axes for name in _targets(around))
        return False

    def _index_around(self, number: ast.AST) -> ast.Subscript | None:
        """What a number, with its sign, is the index of."""
        around = [node for node in self._around(number) if not isinstance(node, ast.UnaryOp)]
        return around[0] if around and isinstance(around[0], ast.Subscript) else None

    def _around(self, node: ast.AST) -> Iterator[ast.AST]:
        while node in self._parents:
            node = self._parents[node]
            yield node

    def known(self, about: ast.AST | str) -> str:
        """The text of a name, a number or an entry, if the student knows every name in it; else ''."""
        if isinstance(about, str):
            return about
        simple = (ast.Name, ast.Constant, ast.Attribute, ast.Subscript, ast.expr_context, ast.UnaryOp, ast.USub)
        if isinstance(about, ast.Constant) and isinstance(about.value, str):
            return ""
        nodes = list(ast.walk(about))
        names = [node.id for node in nodes if isinstance(node, ast.Name)]
        if all(isinstance(node, simple) for node in nodes) and all(map(self._is_known, names)):
            return ast.unparse(about).replace("'", '"')
        return ""

    def _is_known(self, name: str) -> bool:
        return name == "np" or name in self._given or bool(self._symbol.fullmatch(name))

    def _quantities(self, step: ast.Assign | ast.AugAssign, seen: set[ast.AST]) -> set[str]:
        """The names that a step computes; of those the student does not know, what is computed from them."""
        seen.add(step)
        found = set()
        for name in _targets(step):
            # An axis is no quantity: what is computed along it is.
            if self._is_known(name) and name not in self._axes:
                found.add(name)
            else:
                later = (s for s in self._steps if s not in seen and name in _read(s))
                found |= {quantity for one in later for quantity in self._quantities(one, seen)}
        return found


def _is_number(node: ast.AST) -> bool:
    """Whether a node is a number as it is written, with or without its sign."""
    number = node.operand if isinstance(node, ast.UnaryOp) else node
    return isinstance(number, ast.Constant) and isinstance(number.value, (int, float))


def _is_shape(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "shape"


def _targets(step: ast.Assign | ast.AugAssign) -> list[str]:
    """The names a statement assigns to; 'total' for `total[..., c] += 1`."""
    targets = step.targets if isinstance(step, ast.Assign) else [step.target]
    parts = [part for target in targets for part in getattr(target, "elts", [target])]
    return [next(node.id for node in ast.walk(part) if isinstance(node, ast.Name)) for part in parts]


def _read(step: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(step) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}


# ---- the changes: in place of each kind of node, what a tired student may write


def _changes(node: ast.AST) -> Iterator[Change]:
    for kind, make in _OPERATORS:
        if isinstance(node, kind):
            yield from make(node)


_OTHER_OPERATOR: dict[type[ast.operator], tuple[type[ast.operator], str]] = {
    ast.Add: (ast.Sub, "minus for plus"),
    ast.Sub: (ast.Add, "plus for minus"),
    ast.Mult: (ast.Div, "division for product"),
    ast.Div: (ast.Mult, "product for division"),
    ast.MatMult: (ast.Mult, "entry by entry"),
    ast.Pow: (ast.Mult, "product for power"),
    ast.FloorDiv: (ast.Div, "fractions kept"),
}
_LEFT_ALONE = {
    ast.Add: "without term",
    ast.Sub: "without term",
    ast.Mult: "without factor",
    ast.MatMult: "half a matrix product",
    ast.Div: "without divisor",
    ast.Pow: "without power",
}
_RIGHT_ALONE = {
    ast.Add: "without term",
    ast.Sub: "half a difference",
    ast.Mult: "without factor",
    ast.MatMult: "half a matrix product",
}
_EXCHANGED = {ast.Sub: "difference turned", ast.Div: "quotient turned", ast.MatMult: "matrix product turned"}


def _operator(node: ast.BinOp) -> Iterator[Change]:
    kind = type(node.op)
    if _is_text(node):
        # A text that is put together has no terms, and what is returned under another key says so itself.
        return
    if kind in _OTHER_OPERATOR:
        other, words = _OTHER_OPERATOR[kind]
        yield Change(words, ast.BinOp(node.left, other(), node.right))
    if kind is ast.Mult:
        yield Change("matrix product", ast.BinOp(node.left, ast.MatMult(), node.right))
    if kind is ast.Div and isinstance(node.right, ast.Name):
        yield Change("divided twice", ast.BinOp(node, ast.Div(), node.right), node.right)
    yield Change(_LEFT_ALONE.get(kind, "half an operation"), node.left, node.right)
    if kind not in (ast.Div, ast.Pow, ast.FloorDiv):
        yield Change(_RIGHT_ALONE.get(kind, "half an operation"), node.right, node.left)
    if kind in _EXCHANGED:
        yield Change(_EXCHANGED[kind], ast.BinOp(node.right, node.op, node.left))
    yield from (Change("other brackets", other) for other in _other_brackets(node.left, node.op, node.right))


def _is_text(node: ast.expr) -> bool:
    """Whether an expression is a text that is put together, as `"W" + str(l)`."""
    if isinstance(node, ast.BinOp):
        return _is_text(node.left) or _is_text(node.right)
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


_BINDS = {ast.Add: 1, ast.Sub: 1, ast.Mult: 2, ast.Div: 2, ast.FloorDiv: 2, ast.MatMult: 2, ast.Pow: 3}


def _other_brackets(left: ast.expr, op: ast.operator, right: ast.expr) -> Iterator[ast.expr]:
    """What `(a + b) * c`, `a * (b + c)`, `a / (b * c)` and `a * b**c` mean with their brackets forgotten or one too many."""
    match left:
        case ast.BinOp(left=a, op=inner, right=b) if _BINDS[type(inner)] < _BINDS[type(op)]:
            yield ast.BinOp(a, inner, ast.BinOp(b, op, right))
    match right:
        case ast.BinOp(left=b, op=inner, right=c) if _BINDS[type(inner)] != _BINDS[type(op)] or isinstance(op, ast.Div):
            yield ast.BinOp(ast.BinOp(left, op, b), inner, c)


def _transpose(node: ast.Attribute) -> Iterator[Change]:
    if node.attr == "T":
        yield Change("without transpose", node.value, node.value)


def _constant(node: ast.Constant) -> Iterator[Change]:
    if isinstance(node.value, bool):
        yield Change("True and False", ast.Constant(not node.value))
    elif isinstance(node.value, (int, float)):
        yield Change("another number", ast.Constant(node.value + 1))
        yield Change("another number", ast.Constant(2 * node.value if node.value else -1))


_OTHER_COMPARISON: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
}


def _comparison(node: ast.Compare) -> Iterator[Change]:
    for other in _OTHER_COMPARISON.get(type(node.ops[0]), ()):
        yield Change("another comparison", ast.Compare(node.left, [other(), *node.ops[1:]], node.comparators))


_OTHER_FUNCTION = {
    "sum": "mean",
    "mean": "sum",
    "max": "min",
    "maximum": "minimum",
    "zeros": "ones",
    "ones": "zeros",
    "randn": "rand",
    "rand": "randn",
    "standard_normal": "random",
    "normal": "random",
    "random": "standard_normal",
    "tanh": "sin",
    "sqrt": "abs",
    "log": "log10",
    "exp": "exp2",
    "ceil": "floor",
    "floor": "ceil",
}


def _call(node: ast.Call) -> Iterator[Change]:
    function = node.func
    if isinstance(function, ast.Attribute) and function.attr in _OTHER_FUNCTION:
        other = ast.Attribute(function.value, _OTHER_FUNCTION[function.attr], ast.Load())
        yield Change("another function", ast.Call(other, node.args, node.keywords), other)
    if node.args and not isinstance(node.args[0], ast.Starred):
        yield Change("without call", node.args[0], function)
    yield from _other_ends(node)
    if len(node.args) >= 2:
        swapped = [node.args[1], node.args[0], *node.args[2:]]
        yield Change("arguments exchanged", ast.Call(function, swapped, node.keywords), function)
    for keyword in node.keywords:
        rest = [other for other in node.keywords if other is not keyword]
        yield Change("without argument", ast.Call(function, node.args, rest), keyword.arg or "")


def _other_ends(node: ast.Call) -> Iterator[Change]:
    """What a call means when its bracket closes too early, two calls in each other, or a loop one round shorter."""

    def called(argument: ast.expr) -> ast.Call:
        return ast.Call(node.func, [argument], node.keywords)

    match node:
        case ast.Call(func=ast.Name(id="range"), args=[*before, stop]) if len(before) < 2:
            less = ast.BinOp(stop, ast.Sub(), ast.Constant(1))
            yield Change("one round less", ast.Call(node.func, [*before, less], []))
        case ast.Call(args=[ast.BinOp(left=left, op=op, right=right)]):
            yield Change("bracket closed early", ast.BinOp(called(left), op, right), node.func)
        case ast.Call(args=[ast.Call(args=[argument]) as inner]):
            outer = ast.Call(inner.func, [called(argument)], inner.keywords)
            yield Change("functions exchanged", outer, node.func)


def _minus(node: ast.UnaryOp) -> Iterator[Change]:
    if isinstance(node.op, ast.USub):
        yield Change("sign turned", node.operand)


def _statement(node: ast.Assign | ast.AugAssign) -> Iterator[Change]:
    yield Change("step left out", None)
    if isinstance(node, ast.AugAssign):
        yield Change("not added up", ast.Assign([node.target], node.value))


def _lines_to_fill(source: str) -> range:
    """The lines between START CODE HERE and END CODE HERE, which students write; the others they are given."""
    before, _mark, rest = source.partition("### START CODE HERE ###")
    first = before.count("\n") + 1
    return range(first, first + rest.partition("### END CODE HERE ###")[0].count("\n") + 1)


def _own_names(tree: ast.AST) -> set[str]:
    """The parameters of a function, the names that it assigns to, and the keys by which it looks things up."""
    nodes = list(ast.walk(tree))
    keys = {n.slice.value for n in nodes if isinstance(n, ast.Subscript) and isinstance(n.slice, ast.Constant)}
    assigned = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    return assigned | {n.arg for n in nodes if isinstance(n, ast.arg)} | {key for key in keys if isinstance(key, str)}


def _other_names(node: ast.AST, names: Collection[str]) -> Iterator[Change]:
    """A name that looks like the one that is meant: x2 for x1, after a line was copied; n_rows for m_rows."""
    match node:
        case ast.Name(id=name, ctx=ast.Load()) if name in names:
            others: list[ast.expr] = [ast.Name(other, ast.Load()) for other in _similar(name, names)]
        case ast.Subscript(slice=ast.Constant(value=str(name)), ctx=ast.Load()):
            others = [ast.Subscript(node.value, ast.Constant(other), ast.Load()) for other in _similar(name, names)]
        case _:
            return
    yield from (Change("another name", other, other) for other in others)


def _similar(name: str, names: Collection[str]) -> list[str]:
    return sorted(filter(partial(_look_alike, name), names))


def _look_alike(one: str, other: str) -> bool:
    """Whether two names are of one length and differ in one place, a letter from a letter of its case, a digit from a digit."""
    different = [(a, b) for a, b in zip(one, other, strict=False) if a != b]
    return len(one) == len(other) and len(different) == 1 and all(_kind(a) == _kind(b) != "" for a, b in different)


def _kind(character: str) -> str:
    return next((kind for kind in ("isdigit", "isupper", "islower") if getattr(character, kind)()), "")


_OPERATORS: list[tuple[Any, Callable[[Any], Iterator[Change]]]] = [
    (ast.BinOp, _operator),
    (ast.Attribute, _transpose),
    (ast.Constant, _constant),
    (ast.Compare, _comparison),
    (ast.Call, _call),
    (ast.UnaryOp, _minus),
    ((ast.Assign, ast.AugAssign), _statement),
]

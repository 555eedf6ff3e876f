"""A solution -> its mutants, each one small change; and which of them the cases of an exercise kill.

A mutant that survives is a mistake that a student could make without being told.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from . import solutions
from .calling import call
from .compare import judge
from .course import Exercise, Lesson, Reference


@dataclass(frozen=True)
class Mutant:
    """A changed solution. `id` is the line as it reads after the change; `words` say what was done, without code."""

    id: str
    words: str
    source: str


# A change: what to say of it, and the node in place of the old one (None deletes a statement).
Change = tuple[str, ast.AST | None]


def mutants(source: str) -> list[Mutant]:
    """Every mutant of one function, each id once."""
    tree = ast.parse(source)
    made: dict[str, Mutant] = {}
    for index, node in enumerate(ast.walk(tree)):
        for words, new in _changes(node):
            changed = _replaced(tree, index, new)
            text = ast.unparse(changed)
            id = _changed_line(ast.unparse(tree), text)
            if id:
                made.setdefault(id, Mutant(id, words, text))
    return list(made.values())


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


def _changes(node: ast.AST) -> Iterator[Change]:
    for kind, make in _OPERATORS:
        if isinstance(node, kind):
            yield from make(node)


_OTHER_OPERATOR: dict[type[ast.operator], tuple[type[ast.operator], str]] = {
    ast.Add: (ast.Sub, "with a minus in place of a plus"),
    ast.Sub: (ast.Add, "with a plus in place of a minus"),
    ast.Mult: (ast.Div, "with a division in place of a product"),
    ast.Div: (ast.Mult, "with a product in place of a division"),
    ast.MatMult: (ast.Mult, "with products entry by entry in place of a matrix product"),
    ast.Pow: (ast.Mult, "with a product in place of a power"),
    ast.FloorDiv: (ast.Div, "with fractions kept in a division"),
}


def _operator(node: ast.BinOp) -> Iterator[Change]:
    other, words = _OTHER_OPERATOR.get(type(node.op), (None, ""))
    if other:
        yield words, ast.BinOp(node.left, other(), node.right)
    if isinstance(node.op, ast.Mult):
        yield (
            "with a matrix product in place of products entry by entry",
            ast.BinOp(node.left, ast.MatMult(), node.right),
        )
    yield "without one part of a formula", node.left
    if not isinstance(node.op, (ast.Div, ast.Pow, ast.FloorDiv)):
        yield "without one part of a formula", node.right
    if isinstance(node.op, (ast.Sub, ast.Div, ast.MatMult)):
        yield "with the two sides of an operation exchanged", ast.BinOp(node.right, node.op, node.left)


def _transpose(node: ast.Attribute) -> Iterator[Change]:
    if node.attr == "T":
        yield "with one transpose less", node.value


def _constant(node: ast.Constant) -> Iterator[Change]:
    if isinstance(node.value, bool):
        yield "with True and False exchanged", ast.Constant(not node.value)
    elif isinstance(node.value, (int, float)):
        yield "with another constant", ast.Constant(node.value + 1)
        yield "with another constant", ast.Constant(2 * node.value if node.value else -1)


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
        yield "with another comparison", ast.Compare(node.left, [other(), *node.ops[1:]], node.comparators)


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
        yield "with another function of numpy", ast.Call(other, node.args, node.keywords)
    if node.args and not isinstance(node.args[0], ast.Starred):
        yield "without one call of a function", node.args[0]
    if len(node.args) >= 2:
        swapped = [node.args[1], node.args[0], *node.args[2:]]
        yield "with two arguments exchanged", ast.Call(function, swapped, node.keywords)
    for keyword in node.keywords:
        rest = [other for other in node.keywords if other is not keyword]
        yield f"without `{keyword.arg}`", ast.Call(function, node.args, rest)


def _minus(node: ast.UnaryOp) -> Iterator[Change]:
    if isinstance(node.op, ast.USub):
        yield "with one sign turned", node.operand


def _statement(_node: ast.stmt) -> Iterator[Change]:
    yield "without one of its steps", None


# In place of each kind of node, what a tired student may write.
_OPERATORS: list[tuple[Any, Callable[[Any], Iterator[Change]]]] = [
    (ast.BinOp, _operator),
    (ast.Attribute, _transpose),
    (ast.Constant, _constant),
    (ast.Compare, _comparison),
    (ast.Call, _call),
    (ast.UnaryOp, _minus),
    ((ast.Assign, ast.AugAssign), _statement),
]


@dataclass(frozen=True)
class Strength:
    """How an exercise's cases fare against the mutants of its solution."""

    mutants: int
    equivalent: tuple[str, ...]
    surviving: tuple[Mutant, ...]


def strength(lesson: Lesson, exercise: Exercise, references: Sequence[Reference]) -> Strength:
    """The mutants that no case kills, those that are declared equivalent apart."""
    found = mutants(solutions.function_source(lesson, exercise.name))
    alive = [mutant for mutant in found if not _killed(lesson, exercise, mutant, references)]
    return Strength(
        len(found),
        tuple(mutant.id for mutant in alive if mutant.id in exercise.equivalent),
        tuple(mutant for mutant in alive if mutant.id not in exercise.equivalent),
    )


def _killed(lesson: Lesson, exercise: Exercise, mutant: Mutant, references: Sequence[Reference]) -> bool:
    try:
        function = solutions.compiled(lesson, exercise, mutant.source)
    except SyntaxError:
        return True
    return any(judge(exercise, reference, call(function, reference.case)) for reference in references)

"""What a function computes on its way: the values of its expressions and variables, known by their imprints.

The function is called once more, with its source rewritten so that each value is looked at as it comes about. Values are
looked at, never kept: a thing that is changed later has had the imprint of that moment.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..course import Case
from ..course.imprint import LARGEST, UNRECOGNISABLE, Imprint, imprint
from .calling import call
from .lookup import innermost
from .rewriting import rewritten
from .signatures import NOTHING_AGREED, Contract

# So many looks a call, then it is stopped; and so many at one place: of a loop the first rounds.
MOST_LOOKS, MOST_AT_ONE_PLACE = 20_000, 100
MOST_VALUES, MOST_PARTS = 800, 20
# Whole numbers that are fewer than these come about in many ways.
FEW = 12
_LOOK = "_look_at"
_DYNAMIC = frozenset(["locals", "globals", "vars", "eval", "exec", "dir", "super"])

Shape = tuple[int, ...]


@dataclass(frozen=True)
class Value:
    """A value that was seen: that of a variable, with its name, or of an expression; `entry`: one that is put into
    a place of it. `coarse`: whole numbers or few digits alone, as come about in many ways."""

    name: str
    line: int
    shape: Shape
    imprint: Imprint
    entry: bool = False
    in_loop: bool = False
    coarse: bool = False


@dataclass(frozen=True)
class Watched:
    """The values that came about in one call, in order; `complete` if all that was looked for could be seen.

    again   whether something in a loop was come to more than once
    """

    values: tuple[Value, ...] = ()
    complete: bool = False
    again: bool = False


NOTHING_SEEN = Watched()
# A case that failed, and the shapes that are looked for -> what the student's function computes in it.
Watch = Callable[[Case, Collection[Shape]], Watched]


class _Enough(BaseException):
    """Raised in a call that goes on for longer than it is watched."""


def watch(
    function: Callable[..., Any],
    case: Case,
    shapes: Collection[Shape] | None = None,
    name: str = "",
    contract: Contract = NOTHING_AGREED,
) -> Watched:
    """What the function computes in this case, of these shapes only; variables of any shape."""
    looks = _Looks(shapes)
    used = _helpers(function, contract)
    other = rewritten(function, lambda: _Watched(looks), {_LOOK: looks}, used.__contains__)
    if other is None:
        return NOTHING_SEEN
    call(other, case, name, contract)
    return Watched(tuple(looks.values), looks.left >= 0 and len(looks.values) < MOST_VALUES, looks.again)


def _helpers(function: Callable[..., Any], contract: Contract) -> set[str]:
    """The names of the functions of the same notebook that it reaches, exercises apart."""
    own = innermost(function)
    around, left, found = getattr(own, "__globals__", {}), [own], set[str]()
    while left:
        for name in getattr(getattr(left.pop(), "__code__", None), "co_names", ()):
            if name in around and name not in found and name not in contract.signatures:
                found.add(name)
                left.append(around[name])
    return found


@dataclass
class _Looks:
    """The places in a function, and what was seen there."""

    shapes: Collection[Shape] | None
    places: list[tuple[str, int, bool, bool]] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)
    left: int = MOST_LOOKS

    def place(self, name: str, line: int, entry: bool, in_loop: bool) -> int:
        self.places.append((name, line, entry, in_loop))
        self._counts.append(MOST_AT_ONE_PLACE)
        return len(self.places) - 1

    def __post_init__(self) -> None:
        self._counts: list[int] = []
        self._seen: set[tuple[int, Imprint]] = set()

    @property
    def again(self) -> bool:
        """Whether a place in a loop was come to more than once."""
        left = [left for left, (*_place, in_loop) in zip(self._counts, self.places, strict=True) if in_loop]
        return min(left, default=MOST_AT_ONE_PLACE) < MOST_AT_ONE_PLACE - 1

    def __call__(self, place: int, value: Any) -> Any:
        self.left -= 1
        if self.left < 0:
            raise _Enough
        if self._counts[place]:
            self._counts[place] -= 1
            self._look(place, value)
        return value

    def _look(self, place: int, value: Any) -> None:
        kind = type(value)
        if kind is tuple:
            for part in value[:MOST_PARTS]:
                self._look(place, part)
            return
        if kind is not np.ndarray and kind is not float and not issubclass(kind, np.generic):
            return
        shape = value.shape if kind is np.ndarray and value.size != 1 else ()
        name, line, entry, in_loop = self.places[place]
        if (not name and self.shapes is not None and shape not in self.shapes) or len(self.values) >= MOST_VALUES:
            return
        if (kind is np.ndarray and (value.size > LARGEST or value.dtype.kind not in "biuf")) or (
            found := imprint(value)
        ) == UNRECOGNISABLE:
            return
        # The same value at one place, as in a loop, is one value.
        if (place, found) not in self._seen:
            self._seen.add((place, found))
            self.values.append(Value(name, line, shape, found, entry, in_loop, _is_coarse(value)))


def _is_coarse(value: Any) -> bool:
    numbers = np.asarray(value, dtype=float).ravel()
    distinct = numbers[numbers != numbers[0]].size if numbers.size else 0
    is_round = bool(np.all(np.isfinite(numbers)) and np.array_equal(np.round(numbers, 3), numbers))
    return (numbers.size > 1 and not distinct) or (is_round and numbers.size < FEW) or not np.all(np.isfinite(numbers))


class _Watched(ast.NodeTransformer):
    """Every value goes through a look; names that are assigned to are looked at with their name."""

    def __init__(self, looks: _Looks) -> None:
        self._looks, self._loops = looks, 0

    def _through(self, node: ast.expr, name: str = "", entry: bool = False) -> ast.expr:
        place = ast.Constant(self._looks.place(name, node.lineno, entry, self._loops > 0))
        made = ast.Call(ast.Name(_LOOK, ast.Load()), [place, node], [])
        return ast.copy_location(made, node)

    def _expression(self, node: Any) -> ast.expr:
        self.generic_visit(node)
        return self._through(node)

    visit_BinOp = visit_UnaryOp = _expression

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        self.generic_visit(node)
        return self._through(node) if isinstance(node.ctx, ast.Load) and node.attr == "T" else node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        if isinstance(node.func, ast.Name):
            if node.func.id in _DYNAMIC:
                return node
        else:
            self.visit(node.func)
        node.args = [self.visit(one) for one in node.args]
        node.keywords = [self.visit(one) for one in node.keywords]
        return self._through(node)

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        self.generic_visit(node)
        return self._through(node) if isinstance(node.ctx, ast.Load) else node

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self._through(node) if isinstance(node.ctx, ast.Load) else node

    def visit_Assign(self, node: ast.Assign) -> Any:
        node.value = self.visit(node.value)
        parts = [part for target in node.targets for part in getattr(target, "elts", [target])]
        single = parts[0] if len(parts) == 1 else None
        if isinstance(single, ast.Subscript) and isinstance(single.value, ast.Name):
            node.value = self._through(node.value, single.value.id, entry=True)
        names = [part.id for part in parts if isinstance(part, ast.Name)]
        return [node, *(self._look_at(name, node) for name in names)]

    def visit_AugAssign(self, node: ast.AugAssign) -> Any:
        node.value = self.visit(node.value)
        return [node, self._look_at(node.target.id, node)] if isinstance(node.target, ast.Name) else node

    def _look_at(self, name: str, after: ast.stmt) -> ast.stmt:
        value = ast.copy_location(ast.Name(name, ast.Load()), after)
        return ast.copy_location(ast.Expr(self._through(value, name)), after)

    def _loop(self, node: Any) -> Any:
        self._loops += 1
        self.generic_visit(node)
        self._loops -= 1
        return node

    visit_For = visit_While = _loop

    def _left_alone(self, node: Any) -> Any:
        return node

    # Annotations, texts with values in them and patterns hold names that are no values, or no place for a call.
    visit_AnnAssign = visit_JoinedStr = visit_arguments = visit_Delete = visit_Match = _left_alone
    visit_Global = visit_Nonlocal = _left_alone

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        node.body = [new for one in node.body for new in _as_list(self.visit(one))]
        return node

    def visit_Lambda(self, node: ast.Lambda) -> ast.expr:
        node.body = self.visit(node.body)
        return node


def _as_list(node: Any) -> list[Any]:
    return node if isinstance(node, list) else [node]

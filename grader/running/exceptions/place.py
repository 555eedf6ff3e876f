"""Where an exception was raised: the line, the expression that failed, and the values its names had.

Values are looked at, never asked: only numpy's own arrays, numbers, texts and the built-in containers are read, and
nothing that a student made is called.
"""

from __future__ import annotations

import ast
import linecache
import math
from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from types import CodeType, FunctionType, ModuleType, TracebackType
from typing import Any

import numpy as np

from ...words import _, joined, ngettext
from ..made_from import text_of

Shape = tuple[int, ...]
# In place of a value that cannot be told from the source and the names.
UNKNOWN = object()
LONGEST = 90
MOST_LISTED = 12
# Functions of numpy that keep the shape of what they get, and those that take an axis away.
_ENTRY_BY_ENTRY = frozenset(["abs", "exp", "log", "sqrt", "square", "tanh", "sign", "maximum", "minimum", "where"])
_ALONG_AN_AXIS = frozenset(["sum", "mean", "max", "min", "amax", "amin", "std", "var", "norm", "prod"])
_PRODUCTS = ("dot", "matmul")


@dataclass(frozen=True)
class Place:
    """One line of a notebook, as it stood when it raised.

    expression     what failed, as exactly as Python knows it; None where the source cannot be had
    around         the statements it is part of, outermost first
    caller         the place in the exercise itself, where this is in a function that it called
    """

    function: str
    line: int
    source: str
    text: str
    names: ChainMap[str, Any]
    expression: ast.AST | None
    around: tuple[ast.stmt, ...]
    caller: Place | None = None

    @property
    def statement(self) -> ast.stmt | None:
        return self.around[-1] if self.around else None

    @property
    def definition(self) -> ast.FunctionDef | None:
        """The innermost function that it stands in."""
        return next((one for one in reversed(self.around) if isinstance(one, ast.FunctionDef)), None)

    def is_local(self, name: str) -> bool:
        """Whether a name is one of the function's own, and none of the notebook's."""
        return name in self.names.maps[0]

    def quote(self, node: ast.AST) -> str:
        """The source of a part of it, on one line and not too long."""
        return _short(ast.get_source_segment(self.text, node) or ast.unparse(node))

    def value(self, node: ast.AST) -> Any:
        """The value of an expression that is names, constants, entries and `.T` only; else UNKNOWN."""
        return _value(node, self.names)

    def shape(self, node: ast.AST) -> Shape | None:
        """The shape of an expression's value, () for a number; None where it cannot be told."""
        return shape_in(node, self.names)

    def parts(self, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
        """The parts of the expression that are of these kinds, outermost first."""
        return (node for node in ast.walk(self.expression or ast.Pass()) if isinstance(node, kinds))


def places_of(tb: TracebackType | None, names: Mapping[str, Any] | None) -> Iterator[Place]:
    """The places of a traceback that are in the notebook with these names, not in a library; the innermost one first."""
    own = []
    while tb is not None:
        if tb.tb_frame.f_globals is names:
            own.append(tb)
        tb = tb.tb_next
    return map(_place, reversed(own))


def _place(tb: TracebackType) -> Place:
    frame, code = tb.tb_frame, tb.tb_frame.f_code
    text, tree = text_of(code, frame.f_globals) or ("", None)
    expression, around = _parts_at(tree, _position(code, tb.tb_lasti))
    line = linecache.getline(code.co_filename, tb.tb_lineno).strip() if text else ""
    names = ChainMap(dict(frame.f_locals), dict(frame.f_globals))
    return Place(code.co_name, tb.tb_lineno, _short(line, 200), text, names, expression, around)


def _position(code: CodeType, instruction: int) -> tuple[int | None, ...]:
    """First line, last line, first column, last column of an instruction, as far as they are known."""
    return next(islice(code.co_positions(), instruction // 2, None), (None,) * 4)


def _parts_at(tree: ast.AST | None, position: tuple[int | None, ...]) -> tuple[ast.AST | None, tuple[ast.stmt, ...]]:
    """The part of the tree at exactly this position, and the statements around it."""
    if tree is None or None in position:
        return None, ()
    first, last, left, right = (number or 0 for number in position)
    expression, around = None, []
    for node in ast.walk(tree):
        if not isinstance(node, (ast.expr, ast.stmt)):
            continue
        begins, ends = (node.lineno, node.col_offset), (node.end_lineno or 0, node.end_col_offset or 0)
        if (begins, ends) == ((first, left), (last, right)):
            expression = node
        if isinstance(node, ast.stmt) and begins <= (first, left) and ends >= (last, right):
            around.append(node)
    return expression, tuple(around)


def _short(text: str, most: int = LONGEST) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"


# ---- values


def _value(node: ast.AST, names: Mapping[str, Any]) -> Any:
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name):
            return names.get(name, UNKNOWN)
        case ast.Attribute(value=of, attr=attribute):
            return _attribute(_value(of, names), attribute)
        case ast.Subscript(value=of, slice=index):
            return _entry(_value(of, names), _value(index, names))
        case ast.Tuple(elts=parts):
            values = tuple(_value(part, names) for part in parts)
            return UNKNOWN if any(value is UNKNOWN for value in values) else values
        case ast.Slice(lower=None, upper=None, step=None):
            return slice(None)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            number = _value(operand, names)
            return -number if type(number) in (int, float) else UNKNOWN
        case ast.JoinedStr(values=parts):
            return _joined(
                [_value(getattr(p, "value", p) if isinstance(p, ast.FormattedValue) else p, names) for p in parts]
            )
        case ast.BinOp(op=ast.Add() | ast.Sub() as op, left=left, right=right):
            return _sum(_value(left, names), _value(right, names), isinstance(op, ast.Sub))
        case ast.Call(func=ast.Name(id="str"), args=[number]):
            return _joined([_value(number, names)])
    return UNKNOWN


def _attribute(value: Any, attribute: str) -> Any:
    if type(value) is np.ndarray and attribute in ("T", "shape", "size", "ndim"):
        return getattr(value, attribute)
    return value.__dict__.get(attribute, UNKNOWN) if type(value) is ModuleType else UNKNOWN


def _entry(value: Any, index: Any) -> Any:
    if type(value) is dict:
        return value.get(index, UNKNOWN) if type(index) in (str, int) else UNKNOWN
    if type(value) in (list, tuple):
        return value[index] if type(index) is int and -len(value) <= index < len(value) else UNKNOWN
    plain = all(type(part) in (int, slice) for part in (index if type(index) is tuple else (index,)))
    if type(value) is np.ndarray and plain:
        try:
            return value[index]
        except IndexError:
            return UNKNOWN
    return UNKNOWN


def _joined(parts: list[Any]) -> Any:
    return "".join(map(str, parts)) if all(type(part) in (str, int) for part in parts) else UNKNOWN


def _sum(left: Any, right: Any, minus: bool) -> Any:
    if type(left) is int and type(right) is int:
        return left - right if minus else left + right
    both_text = type(left) is str and type(right) is str and len(left) + len(right) < LONGEST
    return left + right if both_text and not minus else UNKNOWN


# ---- shapes


def shape_of(value: Any) -> Shape | None:
    """The shape of an array, () for a number, None for anything else."""
    if type(value) is np.ndarray:
        return tuple(value.shape)
    # isinstance would ask the value itself.
    return () if issubclass(type(value), (bool, int, float, np.number, np.bool_)) else None


def shape_in(node: ast.AST, names: Mapping[str, Any]) -> Shape | None:
    """The shape of an expression's value where its names have these values; None where it cannot be told."""
    try:
        return _shape(node, names)
    except (ValueError, TypeError, IndexError, KeyError):
        return None


def _shape(node: ast.AST, names: Mapping[str, Any]) -> Shape | None:
    known = shape_of(_value(node, names))
    if known is not None:
        return known
    match node:
        case ast.Attribute(value=of, attr="T"):
            return _reversed(_shape(of, names))
        case ast.UnaryOp(operand=operand):
            return _shape(operand, names)
        case ast.BinOp(op=ast.MatMult(), left=left, right=right):
            return product(_shape(left, names), _shape(right, names))
        case ast.BinOp(left=left, right=right) | ast.Compare(left=left, comparators=[right]):
            return broadcast(_shape(left, names), _shape(right, names))
        case ast.Call(func=ast.Attribute(value=of, attr=name), args=arguments, keywords=keywords):
            of_a_module = type(_value(of, names)) is ModuleType
            return _shape_of_call(name, arguments if of_a_module else [of, *arguments], keywords, names)
    return None


def _shape_of_call(
    name: str, arguments: list[ast.expr], keywords: list[ast.keyword], names: Mapping[str, Any]
) -> Shape | None:
    shapes = [_shape(argument, names) for argument in arguments]
    if name in _ENTRY_BY_ENTRY:
        return broadcast(*shapes)
    if name in _PRODUCTS and len(shapes) == 2:
        return product(*shapes)
    if name in ("copy", "astype"):
        return shapes[0]
    options = {keyword.arg: _value(keyword.value, names) for keyword in keywords}
    if name in _ALONG_AN_AXIS and len(arguments) == 1 and shapes[0] is not None:
        return _reduced(shapes[0], options.get("axis"), options.get("keepdims", False))
    return None


def _reversed(shape: Shape | None) -> Shape | None:
    return None if shape is None else shape[::-1]


def _reduced(shape: Shape, axis: Any, keepdims: Any) -> Shape | None:
    if axis is not None and type(axis) is not int:
        return None
    gone = range(len(shape)) if axis is None else [range(len(shape))[axis]]
    kept = [1 if place in gone else size for place, size in enumerate(shape)]
    return tuple(size for place, size in enumerate(kept) if keepdims is True or place not in gone)


def broadcast(*shapes: Shape | None) -> Shape | None:
    """The shape of an entry-by-entry operation on these, or None where they do not fit."""
    try:
        return np.broadcast_shapes(*(shape for shape in shapes if shape is not None)) if None not in shapes else None
    except ValueError:
        return None


def product(left: Shape | None, right: Shape | None) -> Shape | None:
    """The shape of a matrix product of two tables, or None where they do not fit."""
    if left is None or right is None or len(left) != 2 or len(right) != 2 or left[1] != right[0]:
        return None
    return left[0], right[1]


# ---- values in words


def described(value: Any) -> str:
    """What a value is: 'an array of shape (3, 5)', 'None', 'a tuple of 2 values'."""
    if value is None:
        return "None"
    shape = shape_of(value)
    if shape is not None:
        return _("an array of shape {shape}").format(shape=shape) if shape else _("one number")
    if type(value) is tuple:
        return ngettext("a tuple of {n} value", "a tuple of {n} values", len(value)).format(n=len(value))
    if type(value) is list:
        return ngettext("a list of {n} value", "a list of {n} values", len(value)).format(n=len(value))
    names: dict[type, str] = {dict: _("a dictionary"), str: _("a text"), FunctionType: _("a function")}
    return names.get(type(value), _("of type {type}").format(type=_short(type(value).__name__, 40)))


def described_all(values: Iterable[Any]) -> str:
    """What each of several values is, as many as can be read at a glance."""
    shown = [described(value) for value in islice(values, MOST_LISTED)]
    return joined(shown, ", ") or _("none")


def listed(keys: Mapping[Any, Any]) -> str:
    """The keys of a dictionary, as many as can be read at a glance."""
    shown = [f'"{_short(key, 40)}"' if type(key) is str else str(key) for key in keys if type(key) in (str, int)]
    return ", ".join(shown[:MOST_LISTED] + ["…"] * (len(shown) > MOST_LISTED)) or _("none")


def numbers(shape: Shape) -> str:
    """'1,000,000,000': how many entries an array of this shape has."""
    return f"{math.prod(shape):,}"

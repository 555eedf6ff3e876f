"""Why two arrays do not fit each other: their shapes, and the one change that makes them fit, if there is but one."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

import numpy as np

from ...words import _, joined
from .place import Place, Shape, broadcast, numbers, product

_SHAPES = re.compile(r"\(\d*(?:,\d*)*\)")
_MATRIX = ("dot", "matmul")
_SIGNS: dict[type[ast.AST], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Pow: "**",
    ast.FloorDiv: "//",
    ast.MatMult: "@",
}


@dataclass(frozen=True)
class Operand:
    """One side of an operation, as it is written, with its shape."""

    text: str
    shape: Shape
    node: ast.AST | None = None

    @property
    def turned(self) -> str:
        """How it is written with rows and columns exchanged."""
        if isinstance(self.node, ast.Attribute) and self.node.attr == "T":
            return _("{text} without `.T`").format(text=f"`{self.text.removesuffix('.T')}`")
        simple = isinstance(self.node, (ast.Name, ast.Subscript, ast.Attribute, ast.Call))
        return f"`{self.text}.T`" if simple else f"`({self.text.strip('()')}).T`"


def misfit(error: str, place: Place) -> str:
    """What does not fit in an operation on two arrays; '' where the shapes are not known."""
    found = _operation(error, place)
    if found is None:
        return ""
    sign, left, right = found
    said, change = _product_misfit(left, right) if sign == "@" else _entries_misfit(sign, left, right)
    # In a function that was called, the arguments may be what is wrong.
    return joined((said, change)) if place.caller is None else said


def _operation(error: str, place: Place) -> tuple[str, Operand, Operand] | None:
    """The operation that failed: its sign and both sides."""
    node = place.expression
    match node:
        case ast.BinOp(op=op, left=left, right=right) | ast.AugAssign(op=op, target=left, value=right):
            sign = _SIGNS.get(type(op), "")
        case ast.Call(func=ast.Attribute(attr=name), args=[left, right]) if _takes_two(name):
            sign = "@" if name in _MATRIX else f"np.{name}"
        case ast.Call(func=ast.Attribute(value=left, attr=name), args=[right]) if name in _MATRIX:
            sign = "@"
        case ast.Compare(left=left, comparators=[right]):
            sign = ""
        case _:
            return None
    written = _written(error)
    shapes = [place.shape(left), place.shape(right)]
    # What numpy names may be of arrays that it made itself, within a function.
    if None in shapes and len(written) == 2 and all(s in (None, w) for s, w in zip(shapes, written, strict=True)):
        shapes = list(written)
    one, other = shapes
    if one is None or other is None:
        return None
    return sign, Operand(place.quote(left), one, left), Operand(place.quote(right), other, right)


def _takes_two(name: str) -> bool:
    """Whether a function of numpy multiplies two arrays, or works on them entry by entry."""
    return name in _MATRIX or isinstance(np.__dict__.get(name), np.ufunc)


def _written(error: str) -> list[Shape | None]:
    """The shapes that numpy names in its message."""
    return [tuple(int(n) for n in re.findall(r"\d+", text)) for text in _SHAPES.findall(error)]


# ---- matrix products


def _product_misfit(left: Operand, right: Operand) -> tuple[str, str]:
    if () in (left.shape, right.shape):
        number = left if left.shape == () else right
        text = _("`{text}` is one number. `@` is the product of two arrays; with a number it is `*`.")
        return text.format(text=number.text), ""
    said = _both(_("`{left}` has the shape {one} and `{right}` has {other}."), left, right)
    if len(left.shape) != 2 or len(right.shape) != 2:
        said += " " + _("For `@`, the last size on the left and the last but one on the right must be equal.")
        same = _("Entry by entry, two arrays of one shape are multiplied with `*`.")
        return said, same if left.shape == right.shape else ""
    change = _one_change(left, right)
    if not change and left.shape == right.shape:
        change = _("Entry by entry, two arrays of one shape are multiplied with `*`.")
    return joined((said, _sizes_of(left, right))), change


def _both(said: str, left: Operand, right: Operand, **more: object) -> str:
    """A sentence with the texts and shapes of both sides."""
    return said.format(left=left.text, one=left.shape, right=right.text, other=right.shape, **more)


def _sizes_of(left: Operand, right: Operand) -> str:
    return _(
        "For `@`, the {last} (last size on the left) and the {first} (first size on the right) must be equal."
    ).format(last=left.shape[1], first=right.shape[0])


def _one_change(left: Operand, right: Operand) -> str:
    """The change that makes the shapes fit, if there is only one."""
    (rows, columns), (height, width) = left.shape, right.shape
    mean = _("The shapes fit with {turned}.")
    order = _("The shapes fit in the other order, `{right} @ {left}`.")
    changes = [
        (mean.format(turned=left.turned), product((columns, rows), right.shape)),
        (mean.format(turned=right.turned), product(left.shape, (width, height))),
        (order.format(left=left.text, right=right.text), product(right.shape, left.shape)),
    ]
    fitting = [sentence for sentence, shape in changes if shape]
    return fitting[0] if len(fitting) == 1 else ""


# ---- operations entry by entry


def _entries_misfit(sign: str, left: Operand, right: Operand) -> tuple[str, str]:
    if broadcast(left.shape, right.shape) is not None:
        return "", ""
    said = _both(_("`{left}` has the shape {one} and `{right}` has {other}."), left, right)
    rule = _("Entry by entry, the sizes must be equal, from the last one on; only a 1 fits any size.")
    return joined((said, rule)), _hint(sign, left, right)


def _hint(sign: str, left: Operand, right: Operand) -> str:
    """What fits, where only one thing does."""
    hints = [
        _("A matrix product, `@`, would fit.") if sign == "*" and product(left.shape, right.shape) else "",
        _("With rows and columns of one of them exchanged, they are equal.") if left.shape == right.shape[::-1] else "",
        *(_as_column(flat, other) for flat, other in ((left, right), (right, left))),
    ]
    fitting = [hint for hint in hints if hint]
    return fitting[0] if len(fitting) == 1 else ""


def _as_column(flat: Operand, other: Operand) -> str:
    """Where an array with one axis would fit as a column."""
    if len(flat.shape) != 1 or len(other.shape) != 2 or other.shape[0] != flat.shape[0]:
        return ""
    text = _("`{text}` has one axis only. As a column, {column}, it would fit; a sum with `keepdims=True` stays one.")
    return text.format(text=flat.text, column=(*flat.shape, 1))


def too_large(error: str, place: Place) -> str:
    """Why an operation asks for so much memory: two arrays that are stretched to one table."""
    found = _operation(error, place)
    if found is None or found[0] == "@":
        return ""
    _sign, left, right = found
    shape = broadcast(left.shape, right.shape)
    if shape is None or shape in (left.shape, right.shape):
        return ""
    text = _(
        "`{left}` has the shape {one} and `{right}` has {other}: together they make a table of shape {shape}, with {n} numbers."
    )
    return _both(text, left, right, shape=shape, n=numbers(shape))

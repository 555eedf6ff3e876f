"""Explains exceptions of array operations: shapes that do not fit, division by zero, endless loops."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable

from ...words import _
from .fitting import misfit
from .place import Place, shape_of


def truth_of_an_array(text: str, place: Place) -> str:
    if "truth value of an array" not in text:
        return ""
    match place.expression:
        case ast.Call(func=ast.Name(id="max" | "min" as name)):
            return _("Python's own `{name}` compares whole arrays; numpy's functions go entry by entry.").format(
                name=name
            )
    return _(
        "A whole array stands where one yes or no is asked for. A comparison of arrays gives an array of yes and no, one for "
        "each entry."
    )


def broadcast_output(text: str, place: Place) -> str:
    if "could not broadcast input array" in text and (empty := _cut_to_nothing(place)):
        return empty
    if room := re.search(r"could not broadcast input array from shape (\(.*?\)) into shape (\(.*?\))", text):
        return _(
            "On the right of `=` there is an array of shape {value}; its place on the left has the shape {place}."
        ).format(value=room[1], place=room[2])
    if "setting an array element with a sequence" in text and isinstance(place.expression, ast.Subscript):
        return _("One entry holds one number. An array or a list is given to it.")
    return ""


def _cut_to_nothing(place: Place) -> str:
    """Of a slice that ends at minus nothing."""
    for node in ast.walk(place.statement or ast.Pass()):
        match node:
            case ast.Slice(upper=ast.UnaryOp(op=ast.USub(), operand=end)) if place.value(end) == 0:
                said = _("Here `{end}` is 0, and the slice `{slice}` ends at -0, which is 0: it is empty.")
                return said.format(end=place.quote(end), slice=place.quote(node))
    return ""


def dtype_cannot_change(text: str, place: Place) -> str:
    match place.statement:
        case ast.AugAssign(target=target) if "Cannot cast" in text:
            return _(
                "`{name}` holds whole numbers and keeps its type here; a new array can take the fractions."
            ).format(name=place.quote(target))
    return ""


def reshape_to_other_size(text: str, _place: Place) -> str:
    size = re.search(r"cannot reshape array of size (\d+) into shape (\(.*?\))", text)
    if not size:
        return ""
    return _("The array has {n} entries; the shape {shape} is for another number of them.").format(
        n=size[1], shape=size[2]
    )


def fixed_shape(text: str, place: Place) -> str:
    match place.statement:
        case ast.AugAssign(target=target) if "non-broadcastable output" in text:
            shape = place.shape(target)
            return _("`{name}` has the shape {shape} and keeps it; the result here is larger.").format(
                name=place.quote(target), shape=shape
            )
    return ""


def shape_mismatch(text: str, place: Place) -> str:
    return misfit(text, place) if "shapes" in text or "dimension" in text else ""


def failed_assertion(_text: str, place: Place) -> str:
    """What an assertion of the student's own compares."""
    match place.statement:
        case ast.Assert(test=ast.Compare(left=left, comparators=[right])):
            sides = [(side, place.value(side)) for side in (left, right) if not isinstance(side, ast.Constant)]
            known = [f"`{place.quote(side)}` = {value}" for side, value in sides if type(value) in (tuple, int)]
            return _("Here {values}.").format(values=", ".join(known)) if known else ""
    return ""


def division_by_zero(_text: str, place: Place) -> str:
    match place.expression:
        case ast.BinOp(right=right) | ast.AugAssign(value=right):
            return _("`{name}` is 0 here.").format(name=place.quote(right))
    return ""


def endless_recursion(_text: str, place: Place) -> str:
    return _("`{name}` calls itself, and that call calls itself again, without an end.").format(name=place.function)


def unending(place: Place) -> tuple[int, str] | None:
    """The line of the loop that may keep a call from ending, and what is to be said of it; None outside of loops.

    It does not depend on where in the loop the call was stopped, which is chance: of loops inside each other that have
    one inside, it is the first `while`, or the innermost one.
    """
    loop: ast.stmt | None = next((one for one in place.around if isinstance(one, _LOOPS)), None)
    if loop is None:
        return None
    depth = 1
    while isinstance(loop, ast.For) and len(inner := _loops_in(loop)) == 1:
        loop, depth = inner[0], depth + 1
    return loop.lineno, _about_loop(loop, depth, place)


_LOOPS = (ast.For, ast.While)


def _loops_in(loop: ast.AST) -> list[ast.stmt]:
    """The outermost loops inside a loop."""
    found: list[ast.stmt] = []
    for node in ast.iter_child_nodes(loop):
        found += [node] if isinstance(node, _LOOPS) else _loops_in(node)
    return found


def _about_loop(loop: ast.stmt, depth: int, place: Place) -> str:
    match loop:
        case ast.While(test=ast.Constant()):
            return _("This `while` loop ends by `break` or `return` only.")
        case ast.While(test=test):
            return _("This `while` loop ends when `{condition}` is false.").format(condition=place.quote(test))
    if depth < 2:
        return ""
    return _("The line is within {n} loops, one inside the other.").format(n=depth)


def shapes_in_expression(_text: str, place: Place) -> str:
    """The shapes of the arrays in the expression, where nothing else is known."""
    names = dict.fromkeys(node.id for node in place.parts(ast.Name) if isinstance(node, ast.Name))
    shapes = {name: shape_of(place.names.get(name)) for name in names}
    known = [f"`{name}` {shape}" for name, shape in shapes.items() if shape]
    return _("The shapes here: {shapes}.").format(shapes=", ".join(known[:6])) if known else ""


def float_error(text: str, _place: Place) -> str:
    return usual_cause(text)


_CAUSES: dict[str, Callable[[], str]] = {
    "overflow encountered in exp": lambda: _("The exponential of a number above about 709 is too large for a float."),
    "divide by zero encountered in log": lambda: _(
        "A logarithm of 0 was taken: a number very close to 0 or 1 can round to 0 or 1."
    ),
    "invalid value encountered in log": lambda: _("A logarithm of a negative number was taken."),
    "invalid value encountered in sqrt": lambda: _("A root of a negative number was taken."),
    "divide by zero encountered in": lambda: _("Something was divided by 0."),
    "invalid value encountered in": lambda: _("0 was divided by 0, or a value was infinite before."),
    "overflow encountered in": lambda: _("A number became too large for a float."),
    "Conversion of an array with ndim > 0 to a scalar": lambda: _(
        "numpy 2.4 and later stops here; `.item()` takes the number out."
    ),
}


def usual_cause(warning: str) -> str:
    """What usually lies behind a warning of numpy, '' where nothing is known."""
    return next((cause() for said, cause in _CAUSES.items() if warning.startswith(said)), "")

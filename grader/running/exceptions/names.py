"""Explains missing names, keys, indices and attributes, with the nearest that exists."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any

import numpy as np

from ...words import _, ngettext
from .place import Place, described, listed, shape_of

# ---- names


# np.sum is of a type of its own.
_FUNCTIONS = (FunctionType, BuiltinFunctionType, np.ufunc, type(np.sum))
# What numpy 2 has under another name only.
_RENAMED = {
    **{"product": "prod", "cumproduct": "cumprod", "sometrue": "any", "alltrue": "all", "trapz": "trapezoid"},
    **{"Inf": "inf", "infty": "inf", "Infinity": "inf", "NaN": "nan", "NAN": "nan", "float_": "float64"},
    **{"row_stack": "vstack", "in1d": "isin", "asfarray": "asarray", "round_": "round"},
}
_NAME = re.compile(r"(?:name|variable) '(.+?)'")


def unknown_name(text: str, place: Place) -> str:
    name = _first(_NAME, text)
    if not name:
        return ""
    if close := _never_read(name, place) or nearest(name, [n for n in place.names if not n.startswith("_")]):
        return _("There is no `{name}` here. Did you mean `{close}`?").format(name=name, close=close)
    if name in sys.stdlib_module_names and _is_used_as_module(name, place.statement):
        return _("The module `{name}` is not imported in the notebook.").format(name=name)
    if type(place.names.get("np")) is ModuleType and callable(np.__dict__.get(name)):
        return _("This is a function of numpy: `np.{name}`.").format(name=name)
    if name in sys.stdlib_module_names:
        return _("The module `{name}` is not imported in the notebook.").format(name=name)
    if any(isinstance(call.func, ast.Name) and call.func.id == name for call in _calls(place.statement)):
        return _(
            "There is no function `{name}` where this one runs: its cell may have failed, or not have run; while grading, it "
            "must be made with `def`."
        ).format(name=name)
    return _(
        "There is no `{name}` where the function runs. It gets what it needs as arguments; while grading, another variable of "
        "the notebook is there only if its line calls nothing, as in `n = 4`."
    ).format(name=name)


def _never_read(name: str, place: Place) -> str:
    """The one similar name that the function gives a value and never reads: what was typed otherwise there."""
    used = [node for node in ast.walk(place.definition or ast.Pass()) if isinstance(node, ast.Name)]
    read = {node.id for node in used if isinstance(node.ctx, ast.Load)}
    unread = {one for one in {node.id for node in used} - read if place.is_local(one)}
    # Of x2 and x3 each may be meant, however near they are.
    near = get_close_matches(name, [one for one in unread if _digits(one) == _digits(name)], 2, _SIMILAR)
    return near[0] if len(near) == 1 else ""


# Of a name of four letters, three in their order.
_SIMILAR = 0.7


def _digits(name: str) -> str:
    return "".join(filter(str.isdigit, name))


def _is_used_as_module(name: str, statement: ast.stmt | None) -> bool:
    attributes = (node for node in ast.walk(statement or ast.Pass()) if isinstance(node, ast.Attribute))
    return any(isinstance(node.value, ast.Name) and node.value.id == name for node in attributes)


def _calls(statement: ast.stmt | None) -> Iterator[ast.Call]:
    return (node for node in ast.walk(statement or ast.Pass()) if isinstance(node, ast.Call))


def used_before_assignment(text: str, _place: Place) -> str:
    name = _first(_NAME, text)
    said = _(
        "`{name}` has no value yet when this line runs: it gets one further down, or in an `if` or a loop that did not run "
        "in this case."
    )
    return said.format(name=name) if name else ""


def _first(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[1] if match else ""


def nearest(name: str, known: Iterable[Any]) -> str:
    """The one name that differs in nothing but upper case, or in a letter or two of a long name."""
    names = [other for other in known if type(other) is str and other != name]
    same = [other for other in names if other.lower().replace("_", "") == name.lower().replace("_", "")]
    # Names such as x2 and x3 are near and yet mean different things.
    if not same and len(name) > 4 and not any(map(str.isdigit, name)):
        same = get_close_matches(name, names, 2, 0.8)
    return same[0] if len(same) == 1 else ""


# ---- entries


def missing_entry(_text: str, place: Place) -> str:
    match place.expression:
        case ast.Subscript(value=of, slice=index):
            holder, key = place.value(of), place.value(index)
            if type(holder) is not dict or type(key) not in (str, int):
                return ""
            said = _("`{of}` has no entry {key}; its entries are: {keys}.").format(
                of=place.quote(of), key=listed({key: None}), keys=listed(holder)
            )
            close = nearest(key, holder) if type(key) is str else ""
            return said + (" " + _('Did you mean "{close}"?').format(close=close) if close else "")
    return ""


def index_out_of_range(text: str, place: Place) -> str:
    match place.expression:
        case ast.Subscript(value=ast.Attribute(value=of, attr="shape"), slice=index):
            shape = place.shape(of)
            if shape is not None:
                return _axes(place.quote(of), shape) + _number(place.value(index), len(shape))
        case ast.Subscript(value=of, slice=index):
            return _outside_of(place.quote(of), place.value(of), place.value(index))
        case ast.Call(func=ast.Attribute(value=owner), args=arguments) if "axis" in text:
            of = arguments[0] if arguments and type(place.value(owner)) is ModuleType else owner
            shape = place.shape(of)
            return "" if shape is None else _axes(place.quote(of), shape)
    return ""


def _axes(of: str, shape: tuple[int, ...]) -> str:
    said = ngettext("`{of}` has the shape {shape}: one axis.", "`{of}` has the shape {shape}: {n} axes.", len(shape))
    return said.format(of=of, shape=shape, n=len(shape))


def _number(index: Any, size: int) -> str:
    """That counting begins at 0, where the index is the size."""
    if type(index) is not int or index != size:
        return ""
    return " " + _("Counting begins at 0, so the last one is number {last}.").format(last=size - 1)


def _outside_of(name: str, holder: Any, index: Any) -> str:
    shape = shape_of(holder)
    if type(holder) in (list, tuple) and type(index) is int:
        said = ngettext("`{of}` has {n} entry.", "`{of}` has {n} entries.", len(holder)).format(of=name, n=len(holder))
        return said + _number(index, len(holder))
    if not shape:
        return ""
    places = index if type(index) is tuple else (index,)
    said = _("`{of}` has the shape {shape}.").format(of=name, shape=shape)
    if len(places) > len(shape):
        return said + " " + ngettext("It has one axis.", "It has {n} axes.", len(shape)).format(n=len(shape))
    return said + next(filter(None, map(_number, places, shape)), "")


# ---- attributes


_INSTEAD = {"length": "size", "len": "size", "dims": "ndim", "transpose": "T", "dimension": "ndim", "sizes": "shape"}


def missing_attribute(_text: str, place: Place) -> str:
    match place.expression:
        case ast.Attribute(value=of, attr=name):
            return _no_attribute(place, of, place.value(of), name)
        case ast.Call(func=ast.Attribute(value=of, attr=name)):
            return _no_attribute(place, of, place.value(of), name)
    return ""


def _no_attribute(place: Place, of: ast.expr, value: Any, name: str) -> str:
    written = place.quote(of)
    if written == "np" and type(value) is not ModuleType:
        return _(
            "`np` is {what} here, and numpy no longer: choose another name there, and run `import numpy as np` again."
        ).format(what=described(value))
    if type(value) is ModuleType:
        return _not_in_module(written, value, name)
    if type(value) is np.ndarray:
        if name in _INSTEAD:
            return _("An array has no `{name}`; it has `{close}`.").format(name=name, close=_INSTEAD[name])
        if callable(np.__dict__.get(name)):
            return _("This is a function of numpy, to be called with the array: `np.{name}({of})`.").format(
                name=name, of=written
            )
        return ""
    if type(value) is dict and name in value:
        return _('An entry of a dictionary is taken with its key: `{of}["{name}"]`.').format(of=written, name=name)
    return what_it_is(written, value)


def _not_in_module(written: str, module: ModuleType, name: str) -> str:
    if module is np and name in ("float", "int", "bool", "object", "str", "complex", "long"):
        return _("numpy does not have `np.{name}` any more: the plain `{name}` means the same.").format(name=name)
    if module is np and name in _RENAMED:
        return _("In this version of numpy it is called `np.{name}`.").format(name=_RENAMED[name])
    close = get_close_matches(name, dir(module), 1, 0.75)
    return _("Did you mean `{module}.{close}`?").format(module=written, close=close[0]) if close else ""


def what_it_is(written: str, value: Any) -> str:
    """What a value is that something else was expected of."""
    if value is None:
        return _(
            "`{name}` is None here: it has not been filled in yet, or it comes from a function that ends without `return`."
        ).format(name=written)
    if type(value) is tuple and all(type(part) is int for part in value):
        return _("`{name}` is the tuple {value}. Its numbers are taken out one by one, as in `{name}[0]`.").format(
            name=written, value=value
        )
    if type(value) is tuple:
        return ngettext(
            "`{name}` is a tuple of one value. A function that returns several values gives them together: take them apart "
            "first, or look for a comma too many.",
            "`{name}` is a tuple of {n} values. A function that returns several values gives them together: take them apart "
            "first.",
            len(value),
        ).format(name=written, n=len(value))
    if type(value) is list:
        return _("`{name}` is a list. `np.array` makes an array of it.").format(name=written)
    if type(value) in _FUNCTIONS:
        return _("`{name}` is a function. It gives a value when it is called, with round brackets.").format(
            name=written
        )
    if type(value) is dict:
        return _("`{name}` is a dictionary; its entries are: {keys}.").format(name=written, keys=listed(value))
    return ""

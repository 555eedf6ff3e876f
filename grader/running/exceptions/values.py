"""Explains type errors: values of the wrong kind in an operation, a call or an assignment."""

from __future__ import annotations

import ast
import builtins
import linecache
import re
from types import FunctionType, ModuleType
from typing import Any

import numpy as np

from ...words import _, joined, ngettext
from .names import what_it_is
from .place import LONGEST, UNKNOWN, Place, described, shape_of

_CALLED = re.compile("object is not callable")


def wrong_type(text: str, place: Place) -> str:
    match place.expression:
        case ast.Call(func=called) if _CALLED.search(text):
            return _not_callable(place, called)
        case ast.Subscript(value=of) if "item assignment" in text and shape_of(place.value(of)) is None:
            return _("`{name}` is {what}, whose entries cannot be changed.").format(
                name=place.quote(of), what=described(place.value(of))
            )
        case ast.Subscript(value=of, slice=index):
            return _subscript(place, of, index)
    return ""


def caret_for_power(text: str, _place: Place) -> str:
    """`^` where a power is meant: on fractions it raises, on whole numbers and truths it is something else."""
    about = "bitwise_xor" in text or "for ^" in text
    return _("`^` does not raise to a power in Python: use `**`.") if about else ""


def parts_of_different_shapes(text: str, place: Place) -> str:
    """An array made of a list whose parts have different shapes."""
    match place.expression:
        case ast.Call(func=ast.Attribute(value=module), args=[given, *_]) if place.value(module) is np:
            written = isinstance(given, (ast.List, ast.Tuple, ast.ListComp))
            if "inhomogeneous" in text and (written or type(place.value(given)) in (list, tuple)):
                said = _(
                    "The parts of `{name}` have different shapes, so that no array can be made of them. Keep the list."
                )
                return said.format(name=place.quote(given))
    return ""


def unfilled_stub(_text: str, _place: Place) -> str:
    return _("Your own lines are there, but this one still ends every call: delete it.")


def input_unavailable(_text: str, place: Place) -> str:
    called = any(isinstance(n, ast.Call) and place.quote(n.func) == "input" for n in place.parts(ast.Call))
    return _("Nobody types while a function is checked: it gets all that it needs as arguments.") if called else ""


def operand_of_wrong_kind(text: str, place: Place) -> str:
    """What is no number and no array, in an operation or among the arguments of a function of numpy."""
    match place.expression:
        case ast.BinOp(left=left, right=right) | ast.AugAssign(target=left, value=right):
            return _operands(place, left, right)
        case ast.Compare(left=left, comparators=[right]):
            return _operands(place, left, right)
        case ast.UnaryOp(operand=operand):
            return _operands(place, operand)
        case ast.Call(func=ast.Attribute(value=module), args=arguments) if place.value(module) is np:
            wrong = ("NoneType", "inhomogeneous", "dict", "tuple")
            return _operands(place, *arguments) if any(word in text for word in wrong) else ""
    return ""


def _not_callable(place: Place, called: ast.expr) -> str:
    value, written = place.value(called), place.quote(called)
    shape = shape_of(value)
    if isinstance(called, ast.Name) and callable(getattr(builtins, called.id, None)):
        return _hides_python(place, called.id, value)
    if shape:
        return _(
            "`{name}` is an array. Its entries are taken with square brackets; for a product, write the sign: `*` or `@`."
        ).format(name=written)
    if shape == ():
        return _(
            "`{name}` is a number. A round bracket right after it is read as a call; for a product, write `*`."
        ).format(name=written)
    if type(value) is ModuleType:
        return _("`{name}` is a module: it holds functions, and is none itself.").format(name=written)
    return what_it_is(written, value) if type(value) in (tuple, list, dict, type(None)) else ""


def _hides_python(place: Place, name: str, value: Any) -> str:
    """That a variable has the name of a function of Python; with the line that makes it, where that is found."""
    if found := _line_that_makes(place, name):
        said = _("Your line `{line}` hides Python's own function `{name}`: choose another name there.")
        return said.format(line=found[:LONGEST], name=name)
    said = _("`{name}` is {what} here, which hides Python's own function `{name}`: choose another name for it.")
    return said.format(name=name, what=described(value))


def _line_that_makes(place: Place, name: str) -> str:
    """The first line that gives a name its value: of the function where it is one of its own, else of the notebook's cells."""
    if own := place.is_local(name):
        texts = [ast.get_source_segment(place.text, place.definition) or ""] if place.definition else []
    else:
        cells = [file for file in linecache.cache if file.startswith("<cell ") or "ipykernel" in file]
        texts = ["".join(linecache.getlines(file)) for file in cells]
    begins = "^[ \t]+" if own else "^"
    line = re.compile(rf"{begins}{name}[ \t]*=[^=].*$", re.MULTILINE)
    return next((made[0].strip() for text in texts if (made := line.search(text))), "")


def _operands(place: Place, *sides: ast.expr) -> str:
    values = [place.value(side) for side in sides]
    if str in map(type, values) and int in map(type, values):
        number = sides[[type(value) for value in values].index(int)]
        return _("A text and a number cannot be added. `str({name})` makes a text of the number.").format(
            name=place.quote(number)
        )
    odd = ((place.quote(s), v) for s, v in zip(sides, values, strict=True) if v is not UNKNOWN and shape_of(v) is None)
    return next(filter(None, (what_it_is(name, value) for name, value in odd)), "")


def _subscript(place: Place, of: ast.expr, index: ast.expr) -> str:
    value, written = place.value(of), place.quote(of)
    key = place.value(index)
    if type(value) in (tuple, list) and type(key) is str:
        return _("`{name}` is {what}: its entries have numbers, from 0 on, and no names.").format(
            name=written, what=described(value)
        )
    if shape_of(value) == ():
        return _("`{name}` is one number: it has no entries.").format(name=written)
    return what_it_is(written, value) if value is not UNKNOWN else ""


# ---- values taken apart


def unpacking_mismatch(text: str, place: Place) -> str:
    """Values that are given to names: too many, too few, or nothing that can be taken apart."""
    targets, given = _assigned(place)
    if targets is None or given is None or "unpack" not in text:
        return ""
    written, value = place.quote(given), place.value(given)
    names = ngettext("On the left there is {n} name", "On the left there are {n} names", targets).format(n=targets)
    if "NoneType" in text:
        return _("`{what}` is None. A function that ends without `return` gives None.").format(what=written)
    if value is not UNKNOWN:
        what = _("the shape {shape}").format(shape=value) if written.endswith(".shape") else described(value)
        return _("{names}; `{written}` is {what}.").format(names=names, written=written, what=what)
    count = re.search(r"got (\d+)", text)
    if isinstance(given, ast.Call) and count:
        return _("{names}; `{written}` returns {n}.").format(names=names, written=written, n=count[1])
    more = _("{names}; `{written}` returns more values, or one array, which is taken apart row by row.")
    return more.format(names=names, written=written) if isinstance(given, ast.Call) else ""


def _assigned(place: Place) -> tuple[int | None, ast.expr | None]:
    """How many names stand on the left of an assignment, and what stands on the right."""
    match place.statement:
        case ast.Assign(targets=[ast.Tuple(elts=names) | ast.List(elts=names) as left], value=given):
            # Else it was raised within a call on the right.
            return (len(names), given) if place.expression is left else (None, None)
    return None, None


# ---- calls


_TAKES = re.compile(r"(\w+)\(\) (?:takes|missing|got)")
_ONE_NUMBER = re.compile(r"only (?:length-1|size-1|0-dimensional) arrays can be converted|can't convert .*array")


def wrong_call(text: str, place: Place) -> str:
    match place.expression:
        case ast.Call(func=called) if _TAKES.search(text):
            function = place.value(called)
            return _parameters_of(place.quote(called), function) if type(function) is FunctionType else ""
        case ast.Call(func=called, args=[_one, *_more] as arguments):
            return _arguments(place, place.quote(called), arguments, text)
    return ""


def _arguments(place: Place, written: str, arguments: list[ast.expr], text: str) -> str:
    if "only integer scalar arrays can be converted" in text:
        return _("`{name}` takes several arrays as one list; what comes second is the number of an axis.").format(
            name=written
        )
    if "'float' object cannot be interpreted as an integer" in text:
        return _("A whole number is asked for. `/` gives a number with a fraction, `//` a whole one.")
    name = written.rpartition(".")[2]
    if name in ("zeros", "ones", "empty", "full") and ("data type" in text or "order must be" in text):
        return _("`{name}` takes the sizes together, as one argument: there are two pairs of brackets.").format(
            name=written
        )
    if name in ("rand", "randn") and "tuple" in text and len(arguments) == 1:
        return _("`{name}` takes the sizes one by one, without brackets of their own.").format(name=written)
    if written == "range" and type(place.value(arguments[-1])) is tuple:
        return _("`{name}` is {value}. One number is asked for.").format(
            name=place.quote(arguments[-1]), value=place.value(arguments[-1])
        )
    return ""


def _parameters_of(written: str, function: FunctionType) -> str:
    # What takes its place while grading is no function of the student's.
    own = vars(function).get("__wrapped__", function)
    if type(own) is not FunctionType:
        return ""
    code = own.__code__
    listed_names = ", ".join(code.co_varnames[: code.co_argcount])
    return _("It is defined as `{name}({parameters})`.").format(name=written, parameters=listed_names)


def scalar_expected(text: str, place: Place) -> str:
    match place.expression:
        case ast.Call(func=called, args=[given]) if _ONE_NUMBER.search(text):
            return joined((_shape_known(place, given), _number_from(place.quote(called), place.shape(given))))
    return ""


def _shape_known(place: Place, given: ast.expr) -> str:
    shape = place.shape(given)
    return _("`{name}` has the shape {shape}.").format(name=place.quote(given), shape=shape) if shape else ""


def _number_from(called: str, shape: tuple[int, ...] | None) -> str:
    if called.startswith("math.") and called.removeprefix("math.") in np.__dict__:
        return _("`{name}` takes one number. numpy's function of the same name takes arrays.").format(name=called)
    if shape and set(shape) == {1}:
        return _("numpy 2.4 and later makes no number of it; `.item()` takes the number out.")
    return _("One number is asked for: a sum or a mean may be missing.") if shape else ""


def iteration_over_number(text: str, place: Place) -> str:
    number = place.statement.iter if isinstance(place.statement, ast.For) else None
    if "not iterable" not in text or number is None or type(place.value(number)) is not int:
        return ""
    return _("`{name}` is a number. A loop runs over `range({name})`.").format(name=place.quote(number))

"""Compatibility shims for code written for other numpy versions, so that marks do not depend on the version.

numpy 2.4 makes no number of an array of one entry, and puts none into one place of another; numpy 2.0 and 1.24 took away
second names of things, and 2.0 brought others. Where a call fails for one of these, it is made once more with the notebook's functions rewritten.
"""

from __future__ import annotations

import ast
import builtins
import math
import re
import types
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from ..words import Sentence, _
from .exceptions import text_of
from .rewriting import rewritten

_ARRAY_OF_ONE = re.compile(
    r"only (?:0-dimensional|length-1|size-1) arrays can be converted|setting an array element with a sequence|must be real number, not numpy.ndarray|only integer scalar arrays"
)
_GENERATOR = re.compile(r"Calling np\.sum\(generator\)")
_GONE = re.compile(r"module 'numpy' has no attribute '(\w+)'|`np\.(\w+)` was removed|has no attribute `?np\.(\w+)")

# Second names that numpy had, and the first ones. `np.int` and its like were Python's own types.
_NAMES: Mapping[str, Any] = {
    **{name: getattr(builtins, name) for name in ("bool", "int", "float", "complex", "object", "str")},
    **{
        "float_": np.float64,
        "complex_": np.complex128,
        "Inf": np.inf,
        "Infinity": np.inf,
        "infty": np.inf,
        "PINF": np.inf,
    },
    **{
        "NINF": -np.inf,
        "NaN": np.nan,
        "NAN": np.nan,
        "PZERO": 0.0,
        "NZERO": -0.0,
        "mat": np.asmatrix,
        "round_": np.round,
    },
    **{"product": np.prod, "cumproduct": np.cumprod, "sometrue": np.any, "alltrue": np.all, "row_stack": np.vstack},
    **{"in1d": np.isin, "asscalar": lambda array: array.item(), "asfarray": lambda array: np.asarray(array, float)},
    **{"msort": lambda array: np.sort(array, axis=0), "trapz": getattr(np, "trapezoid", None)},
    # Names that numpy has since 2.0.
    **{
        "concat": np.concatenate,
        "pow": np.power,
        "permute_dims": np.transpose,
        "trapezoid": getattr(np, "trapz", None),
    },
    **{f"a{name}": getattr(np, f"arc{name}") for name in ("cos", "sin", "tan", "tan2", "cosh", "sinh", "tanh")},
}


def note_on(error: BaseException, where: str = "") -> Sentence:
    """What to know of a call that fails with this exception, but works with another numpy; '' for any other exception.

    where: the line that raised it, as ' in line 5: `...`'
    """
    text = text_of(error)
    if gone := _GONE.search(text):
        name = next(filter(None, gone.groups()))
        return _note_on_name(name) if name in _NAMES else Sentence()
    if _GENERATOR.search(text):
        return _(
            "Note: `np.sum` of a generator works with older versions of numpy only{where}. Put the terms into a list: "
            "`np.sum([...])`; or use Python's own `sum`."
        ).format(where=where)
    if _ARRAY_OF_ONE.search(text):
        return _(
            "Note: an array of one entry stands where one number is asked for{where}. Only older versions of numpy make a number "
            "of it; `.item()` takes the number out."
        ).format(where=where)
    return Sentence()


def _note_on_name(name: str) -> Sentence:
    if name == "asscalar":
        return _(
            "Note: numpy has no `np.asscalar` any more. `a.item()` takes the number out of an array `a` of one entry."
        )
    said = _("Note: not every version of numpy has `np.{name}`; the same thing is `{now}`.")
    value = _NAMES[name]
    return said.format(name=name, now=_now(value))


def _now(value: Any) -> str:
    if isinstance(value, float):
        return {"inf": "np.inf", "-inf": "-np.inf", "nan": "np.nan"}.get(str(value), str(value))
    name = str(getattr(value, "__name__", "")).strip("<>")
    return (
        name
        if getattr(builtins, name, None) is value
        else f"np.{name}"
        if hasattr(np, name)
        else "np.asarray(a, float)"
    )


def as_before(function: Callable[..., Any]) -> Callable[..., Any] | None:
    """The function with those of its notebook that it may call, rewritten; None where their source is not at hand."""
    return rewritten(
        function,
        _Rewritten,
        {_NUMBER: _number, _ENTRY: _entry, _CALLABLE: _callable, _NAME: _name, _SHOWN: _shown},
    )


# ---- the rewriting

_NUMBER, _ENTRY, _CALLABLE, _NAME, _SHOWN = (
    f"_older_{what}" for what in ("number", "entry", "callable", "name", "shown")
)


class _Rewritten(ast.NodeTransformer):
    """What is called, assigned to an entry, shown with `%` or taken from a module goes through a function below."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.func, (ast.Name, ast.Attribute)) and not _is_super(node.func):
            node.func = _through(_CALLABLE, node.func)
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.ctx, ast.Load) and isinstance(node.value, ast.Name) and node.attr in _NAMES:
            return ast.copy_location(_through(_NAME, node.value, ast.Constant(node.attr)), node)
        return node

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        self.generic_visit(node)
        if len(node.targets) == 1 and isinstance(node.targets[0], ast.Subscript):
            node.value = _for_entry(node.targets[0], node.value)
        return node

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.target, ast.Subscript):
            node.value = _for_entry(node.target, node.value)
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.op, ast.Mod):
            node.right = _through(_SHOWN, node.left, node.right)
        return node


def _is_super(function: ast.expr) -> bool:
    return isinstance(function, ast.Name) and function.id in (
        "super",
        "locals",
        "globals",
        "vars",
        "eval",
        "exec",
        "dir",
    )


def _through(function: str, *arguments: ast.expr) -> ast.Call:
    made = ast.Call(ast.Name(function, ast.Load()), list(arguments), [])
    return ast.copy_location(made, arguments[0])


def _for_entry(target: ast.Subscript, value: ast.expr) -> ast.expr:
    """The value as it goes into that place; the index is computed twice, as what stands there is looked at before."""
    place = ast.Subscript(target.value, target.slice, ast.Load())
    return ast.copy_location(_through(_ENTRY, ast.copy_location(_thunk(_loaded(place)), value), value), value)


def _thunk(expression: ast.expr) -> ast.Lambda:
    return ast.Lambda(ast.arguments([], [], None, [], [], None, []), expression)


def _loaded(node: ast.expr) -> ast.expr:
    text = ast.unparse(node)
    return ast.parse(text, mode="eval").body


# ---- what it goes through


def _number(value: Any) -> Any:
    """The number in an array of one entry; anything else as it is."""
    return value.item() if isinstance(value, np.ndarray) and value.ndim and value.size == 1 else value


def _entry(place: Callable[[], Any], value: Any) -> Any:
    """A value for one place of an array: the number where it is an array of one entry."""
    if not (isinstance(value, np.ndarray) and value.ndim and value.size == 1):
        return value
    try:
        held = place()
    except Exception:
        return value
    return value.item() if isinstance(held, np.generic) else value


_OF_NUMBERS = frozenset([float, int, complex, round, *(f for f in vars(math).values() if callable(f))])


def _callable(function: Any) -> Any:
    """A function of one number that takes an array of one entry too; `np.sum`, of a generator too."""
    if isinstance(function, (type, types.BuiltinFunctionType)) and function in _OF_NUMBERS:
        return lambda *args, **kwargs: function(*map(_number, args), **kwargs)
    if function is np.sum:
        return _sum
    return function


def _sum(terms: Any, *args: Any, **kwargs: Any) -> Any:
    if isinstance(terms, types.GeneratorType) and not args and not kwargs:
        return sum(terms)
    return np.sum(terms, *args, **kwargs)


def _name(module: Any, name: str) -> Any:
    return (
        _NAMES[name] if module is np and _NAMES[name] is not None and not hasattr(np, name) else getattr(module, name)
    )


def _shown(text: Any, values: Any) -> Any:
    """What is put into a text with `%`."""
    if not isinstance(text, str):
        return values
    return tuple(map(_number, values)) if isinstance(values, tuple) else _number(values)

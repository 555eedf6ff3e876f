"""A notebook's functions once more, with their source rewritten: to call them as another numpy would, or to watch them."""

from __future__ import annotations

import ast
import types
from collections.abc import Callable, Mapping
from typing import Any

from .lookup import innermost
from .made_from import REWRITTEN, definition_of


def rewritten(
    function: Callable[..., Any],
    rewriter: Callable[[], ast.NodeTransformer],
    helpers: Mapping[str, Any],
    wanted: Callable[[str], bool] = lambda _name: True,
) -> Callable[..., Any] | None:
    """The function with those of its notebook that are `wanted`, rewritten; None where their source is not at hand.

    helpers: names that the rewritten code uses
    """
    own = innermost(function)
    names = getattr(own, "__globals__", None)
    if names is None or not isinstance(own, types.FunctionType):
        return None
    made: dict[str, Any] = {**names, **helpers, REWRITTEN: True}
    wanted_ones = (value for name, value in names.items() if _is_of(value, names) and (value is own or wanted(name)))
    for one in sorted(dict.fromkeys(wanted_ones), key=_place):
        if definition := definition_of(one):
            tree = ast.fix_missing_locations(rewriter().visit(ast.Module([definition], [])))
            exec(compile(tree, one.__code__.co_filename, "exec"), made)
    found = made.get(own.__name__)
    return found if callable(found) and found is not names.get(own.__name__) else None


def _is_of(value: Any, names: Mapping[str, Any]) -> bool:
    return isinstance(value, types.FunctionType) and value.__globals__ is names


def _place(function: types.FunctionType) -> tuple[str, int]:
    return function.__code__.co_filename, function.__code__.co_firstlineno

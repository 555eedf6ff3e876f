"""A notebook's functions once more, with their source rewritten: to call them as another numpy would, or to watch them."""

from __future__ import annotations

import ast
import linecache
import types
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from .lookup import innermost
from .notebook import Cell, parse


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
    made: dict[str, Any] = {**names, **helpers}
    sources = {value.__code__.co_filename for name, value in names.items() if wanted(name) and _is_of(value, names)}
    for filename in sorted(sources | {own.__code__.co_filename}):
        for definition, line in _definitions(filename):
            mine = names.get(definition.name)
            place = (filename, line)
            if _is_of(mine, names) and (mine is own or wanted(definition.name)) and _place(mine) == place:
                tree = ast.fix_missing_locations(rewriter().visit(ast.Module([definition], [])))
                exec(compile(tree, filename, "exec"), made)
    found = made.get(own.__name__)
    return found if callable(found) and found is not names.get(own.__name__) else None


def _is_of(value: Any, names: Mapping[str, Any]) -> bool:
    return isinstance(value, types.FunctionType) and value.__globals__ is names


def _place(function: types.FunctionType) -> tuple[str, int]:
    return function.__code__.co_filename, function.__code__.co_firstlineno


def _definitions(filename: str) -> Iterator[tuple[ast.FunctionDef, int]]:
    """The functions of a cell, each with the line at which it begins, decorators included."""
    tree = parse(Cell(0, "".join(linecache.getlines(filename))))
    for node in tree.body if isinstance(tree, ast.Module) else ():
        if isinstance(node, ast.FunctionDef):
            yield node, min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])

"""Tries an edit: which outputs are right in all cases once it is made, while it makes none wrong."""

from __future__ import annotations

import ast
import sys
import warnings
from collections.abc import Callable
from functools import wraps
from types import CodeType, FunctionType
from typing import Any

from ...running.calling import call, tried
from ..points import Played
from .edits import Edit, Tree, made
from .searched import Search, wrong_outputs

# Rounds of a `while` that a change may have made endless.
MOST_LINES = 50_000
_REMOVE = ("line too many", "too early", "too deep", "call too many")
# What makes numbers zero mends what should be zero too: it counts where it mends everything.
_ALL_OR_NOTHING = ("fractions",)
# What belongs exactly at a border is another question than what belongs on its sides.
_OF_BORDERS = "comparison sign"


def mended(search: Search, edit: Edit) -> frozenset[str]:
    """The outputs that an edit makes right in all cases; none where it makes another one wrong."""
    if edit.kind in ("Python's own", "start of sum") and edit.about[0] in search.function.__globals__:
        # The name was rebound: that is what is wrong with it.
        return frozenset()
    changed = _compiled(search, edit)
    if changed is None:
        return frozenset()
    mended: set[str] = set()
    wrong: set[str] = set()
    for number, one in enumerate((*search.probes, *search.others)):
        if (number == len(search.probes) and not mended - wrong) or not search.budget.allows(one.outcome.seconds):
            return frozenset()
        before, after = search.wrong[one.reference.case.label], _still_wrong(search, changed, one)
        if after is None or not after <= before or (number == 0 and after and search.raises and edit.kind in _REMOVE):
            return frozenset()
        mended |= before
        wrong |= after
    mended -= wrong
    if edit.kind != _OF_BORDERS:
        # What is right in a special case alone, as where a sum is 0, is right by chance.
        mended -= {output for output in mended if search.main.get(output) in wrong}
    if wrong and (search.raises or edit.kind in _ALL_OR_NOTHING or not mended & search.numbers):
        # That nothing raises any more is right for outputs that have nothing to do with it.
        # A property that holds, as that a cost is large, holds by chance too.
        return frozenset()
    return frozenset(mended) if mended and _holds(search, changed, mended) else frozenset()


def _still_wrong(search: Search, changed: FunctionType, one: Played) -> frozenset[str] | None:
    outcome = tried(_limited(search, changed), one.reference.case, search.exercise.name, search.contract)
    if outcome is None or (outcome.changed and not one.outcome.changed):
        # A copy that is not made any more mends nothing.
        return None
    return wrong_outputs(search.exercise, Played(one.reference, outcome))


def _holds(search: Search, changed: FunctionType, mended: set[str]) -> bool:
    """Whether it is so too when the quickest case is called as a check calls it."""
    one = next(p for p in search.probes if mended & search.wrong[p.reference.case.label])
    outcome = call(_limited(search, changed), one.reference.case, search.exercise.name, search.contract)
    return not mended & wrong_outputs(search.exercise, Played(one.reference, outcome))


def _compiled(search: Search, edit: Edit) -> FunctionType | None:
    """The function that is judged, with the edit made in its own text or in that of its helper."""
    target = search.target
    function: Any = search.function
    try:
        with made(edit), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            module = compile(ast.Module([search.tree.function], []), target.__code__.co_filename, "exec")
    except (SyntaxError, ValueError, TypeError, RecursionError):
        return None
    code = next((c for c in module.co_consts if isinstance(c, CodeType) and c.co_name == target.__code__.co_name), None)
    if code is None or code.co_freevars or _takes_of_notebook(code, target.__code__):
        return None
    changed = _with(target, code, target.__globals__)
    if search.helper:
        changed = _with(function, function.__code__, {**function.__globals__, search.helper: changed})
    # So that it is not made anew for every call.
    changed.__signature__ = search.signature  # type: ignore[attr-defined]
    return changed


def _takes_of_notebook(changed: CodeType, code: CodeType) -> bool:
    """Whether a name of the function's own has become one of the notebook: what is right with that is right by chance."""
    return any(name in code.co_varnames for name in set(changed.co_names) - set(code.co_names))


def _with(function: Any, code: CodeType, around: dict[str, Any]) -> FunctionType:
    changed = FunctionType(code, around, function.__name__, function.__defaults__)
    changed.__kwdefaults__ = function.__kwdefaults__
    return changed


def _may_be_endless(tree: Tree) -> bool:
    """Whether there is a `while`, or a loop over something that may grow meanwhile."""
    over = [loop.iter for loop in tree.of(ast.For)]
    ranges = all(isinstance(one, ast.Call) and tree.quote(one.func) == "range" for one in over)
    return any(True for _loop in tree.of(ast.While)) or (".append" in tree.text and not ranges)


def _limited(search: Search, function: FunctionType) -> Callable[..., Any]:
    """The function, ended after so many lines where a change may have made a loop of it endless."""
    if not _may_be_endless(search.tree):
        return function

    @wraps(function)
    def limited(*args: Any, **kwargs: Any) -> Any:
        left = MOST_LINES

        def count(_frame: Any, _event: str, _arg: Any) -> Any:
            nonlocal left
            left -= 1
            if left < 0:
                raise TimeoutError
            return count

        before = sys.gettrace()
        sys.settrace(count)
        try:
            return function(*args, **kwargs)
        finally:
            sys.settrace(before)

    return limited

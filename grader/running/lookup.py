"""The function of an exercise among the names of a notebook, and whether it is the student's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

from ..words import Sentence, _, joined

# So many layers of decorators and partial functions are looked through.
MAX_LAYERS = 8


def find(names: Mapping[str, Any], exercise: str) -> Callable[..., Any] | None:
    """The function of that name; `sortedRows` serves for `sorted_rows`, the last such definition wins."""
    if exercise in names:
        function: Callable[..., Any] = askable(names[exercise])
        return function
    spelt = similar(names, exercise)
    return askable(names[spelt[-1]]) if spelt else None


def askable(thing: Any) -> Any:
    """The thing itself; a bare object, which is no function, where its class or its attributes cannot be asked for."""
    try:
        isinstance(thing, type)
        getattr(thing, "__name__", None)
        return thing
    except Exception:
        return object()


def similar(names: Mapping[str, Any], exercise: str) -> list[str]:
    """The functions whose names are that of an exercise, spelt in another way or not."""
    return [name for name in names if bare(name) == bare(exercise) and callable(names[name])]


def bare(name: str) -> str:
    """`name` without underscores and case, in which spellings of it may differ."""
    return name.replace("_", "").lower()


def innermost(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function as it was written, under the decorators, partials or class that wrap it."""
    for _layer in range(MAX_LAYERS):
        inner = (getattr(function, name, None) for name in ("__wrapped__", "func", "pyfunc"))
        if (found := next(filter(callable, inner), None)) is None:
            break
        function = found
    return function if hasattr(function, "__globals__") else type(function).__call__


def why_not_own(names: Mapping[str, Any], exercise: str) -> Sentence:
    """A message if the function of an exercise was not written in the notebook with these names, saying where it is from; else ''."""
    function = find(names, exercise)
    if not callable(function) or _written_in(names, function):
        return Sentence()
    module = _home(function)
    from_where = _("`{name}` comes from `{module}`.") if module else _("`{name}` comes from another module.")
    counts = _("Only a function that is written in the notebook itself counts: define it there with `def`.")
    return joined((from_where.format(name=exercise, module=module), counts))


def _home(function: Callable[..., Any]) -> str | None:
    """The module that a function is from; of what stands for a module that is missing while grading, that module's name."""
    if isinstance(function, ModuleType):
        return function.__name__.rpartition(".")[0]
    module: str | None = getattr(innermost(function), "__module__", None)
    return module


def _written_in(names: Mapping[str, Any], function: Callable[..., Any]) -> bool:
    around = getattr(innermost(function), "__globals__", None)
    # `absolute = np.abs` is written in the notebook: numpy and Python themselves are what it is made of.
    if around is None or str(around.get("__name__")).partition(".")[0] == "numpy":
        return True
    return around is names or around.get("__name__") == names.get("__name__", "__main__")

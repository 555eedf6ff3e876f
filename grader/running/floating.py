"""Floating-point warnings of numpy where the processor raises no flags, as in WebAssembly: the results are looked at instead.

This is slower, and for the cases alone in which a warning makes a value wrong.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import numpy as np

# Functions that turn a number into one that is too large, or into none.
_FUNCTIONS = ("exp", "exp2", "expm1", "sinh", "cosh", "log", "log2", "log10", "log1p", "sqrt", "square")
_DIVIDING = ("log", "log2", "log10", "log1p", "divide", "floor_divide", "remainder", "power", "reciprocal")


@cache
def are_raised() -> bool:
    """Whether numpy learns of overflow here."""
    try:
        with np.errstate(over="raise"):
            np.exp(np.full(1, 1e3))
    except FloatingPointError:
        return True
    return False


@contextmanager
def looked_at(arguments: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """Inside the block, the arguments warn of overflow, division by zero and invalid operations, as numpy does elsewhere."""
    functions = {name: getattr(np, name) for name in _FUNCTIONS}
    vars(np).update({name: _of_anything(function) for name, function in functions.items()})
    try:
        yield tuple(_looking(value) if isinstance(value, np.ndarray) else value for value in arguments)
    finally:
        vars(np).update(functions)


def without_looking(value: Any) -> Any:
    """The value as it would have been elsewhere: as deep as what functions return is."""
    kind = type(value)
    if kind is _Looking:
        return np.asarray(value) if value.ndim else value[()]
    if kind in (tuple, list):
        return kind(map(without_looking, value))
    return {key: without_looking(one) for key, one in value.items()} if kind is dict else value


def _of_anything(function: np.ufunc) -> Callable[..., Any]:
    """The function; it looks at the result, whatever it is of."""

    def of(x: Any, /, *rest: Any, **named: Any) -> Any:
        return function(_looking(np.asarray(x)), *rest, **named)

    return of


class _Looking(np.ndarray):
    """An array that looks at the result of each operation."""

    def __array_ufunc__(self, ufunc: Any, method: Any, *inputs: Any, **kwargs: Any) -> Any:
        given = tuple(map(_plain, inputs))
        if "out" in kwargs:
            kwargs["out"] = tuple(map(_plain, kwargs["out"]))
        with np.errstate(all="ignore"):
            result = getattr(ufunc, method)(*given, **kwargs)
        if isinstance(result, (np.ndarray, np.generic)) and result.dtype.kind in "fc":
            _warn(ufunc.__name__, given, result)
        return _looking(result) if isinstance(result, np.ndarray) else result


def _looking(array: np.ndarray) -> np.ndarray:
    return array.view(_Looking)


def _plain(value: Any) -> Any:
    return value.view(np.ndarray) if isinstance(value, _Looking) else value


def _warn(name: str, inputs: tuple[Any, ...], result: Any) -> None:
    """Warn, or raise, as `np.errstate` says, of what these finite numbers have become."""
    numbers = [np.asarray(one) for one in inputs]
    floats = [one for one in numbers if one.dtype.kind in "fc"]
    if np.isnan(result).any() and not any(np.isnan(one).any() for one in floats):
        _say("invalid", f"invalid value encountered in {name}")
    if np.isinf(result).any() and all(np.isfinite(one).all() for one in floats):
        by_zero = name in _DIVIDING and any((one == 0).any() for one in numbers)
        _say(*(("divide", "divide by zero") if by_zero else ("over", "overflow")), f"encountered in {name}")


def _say(kind: str, *words: str) -> None:
    how, said = dict(np.geterr())[kind], " ".join(words)
    if how == "raise":
        raise FloatingPointError(said)
    if how == "warn":
        warnings.warn(said, RuntimeWarning, stacklevel=4)

"""Two arrays -> the relations between them: transposed, negated, a constant factor, other rows' order, only reshaped.

Each relation is a question about one case. It is named to the student only where it holds in every case seen.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

import numpy as np

from ..course import Case
from ..words import _

# (expected, actual, case) -> whether the relation holds there.
Relation = Callable[[np.ndarray, np.ndarray, Case], bool]


def _close(one: np.ndarray, other: np.ndarray) -> bool:
    return one.shape == other.shape and np.allclose(one, other, rtol=1e-6, atol=1e-9 * np.abs(other).max(initial=0.0))


def _arrays(case: Case) -> Iterator[np.ndarray]:
    values = (*case.args, *case.kwargs.values())
    return (value for value in values if isinstance(value, np.ndarray) and value.ndim and value.size)


def _columns(case: Case) -> list[int]:
    """How many columns each table among the arguments has."""
    return [array.shape[1] for array in _arrays(case) if array.ndim == 2]


def _lengths(case: Case) -> list[int]:
    return [len(array) for array in _arrays(case)]


def _times(factor: float) -> Relation:
    return lambda expected, actual, _case: _close(actual, factor * expected)


def _right_but_for_signs(expected: np.ndarray, actual: np.ndarray, _case: Case) -> bool:
    """Whether the numbers differ in their signs alone; of answers such as 1 and -1 that says nothing."""
    return _close(np.abs(actual), np.abs(expected)) and not np.isin(np.abs(expected), (0, 1)).all()


def _times_size(sizes: Callable[[Case], Iterable[int]], power: int) -> Relation:
    return lambda expected, actual, case: any(_close(actual, expected * float(m) ** power) for m in sizes(case))


def _reshaped(expected: np.ndarray, actual: np.ndarray, _case: Case) -> bool:
    return actual.size == expected.size and _close(actual.ravel(), expected.ravel())


def _rows_in_other_order(expected: np.ndarray, actual: np.ndarray, _case: Case) -> bool:
    if expected.ndim != 2 or actual.shape != expected.shape:
        return False
    return _close(actual[np.lexsort(actual.T)], expected[np.lexsort(expected.T)])


def _squeezed(expected: np.ndarray, actual: np.ndarray, _case: Case) -> bool:
    return actual.ndim < expected.ndim and _close(actual, np.squeeze(expected))


def _same_multiple(expected: np.ndarray, actual: np.ndarray, _case: Case) -> bool:
    """Whether every entry is off by one and the same factor; of fewer than three entries that says little."""
    if actual.shape != expected.shape or expected.size < 3 or not expected.any():
        return False
    factor = float(np.vdot(expected, actual) / np.vdot(expected, expected))
    return abs(factor) > 1e-6 and _close(actual, factor * expected)


def _all_summed(expected: np.ndarray, actual: np.ndarray, _case: Case) -> bool:
    return actual.size == 1 < expected.size and bool(np.isclose(actual.sum(), expected.sum(), rtol=1e-6))


def _along(actual: np.ndarray, wanted: np.ndarray) -> bool:
    """Whether `wanted` is what a sum of `actual` along one of its axes gives."""
    sums = (actual.sum(axis=axis) for axis in range(actual.ndim))
    return any(part.size == wanted.size and _close(part.ravel(), wanted.ravel()) for part in sums)


def _not_summed(expected: np.ndarray, actual: np.ndarray, _case: Case) -> bool:
    return actual.ndim > 1 and actual.size > expected.size and _along(actual, expected)


def _summed_along_another_axis(expected: np.ndarray, actual: np.ndarray, _case: Case) -> bool:
    """Whether both may be sums of one table: of two sizes, with the same total."""
    if min(expected.size, actual.size) < 2 or expected.size == actual.size:
        return False
    return bool(np.isclose(actual.sum(), expected.sum(), rtol=1e-6, atol=1e-9 * np.abs(expected).sum()))


# Beside twice and half.
FACTORS = ("3", "1/3", "4", "1/4", "10", "1/10", "100", "1/100")


def _factor(factor: str) -> tuple[Relation, Callable[[], str]]:
    """That a result is so many times the expected one, as '3' or '1/3'."""
    above, _slash, below = factor.partition("/")
    return _times(float(above) / float(below or 1)), lambda: _(
        "In every case your result is exactly {factor} times the expected one."
    ).format(factor=factor)


# By id, from the most specific; the first one that holds everywhere is named.
RELATIONS: dict[str, tuple[Relation, Callable[[], str]]] = {
    "negated": (_times(-1), lambda: _("Your result is the expected one with its sign turned.")),
    "other signs": (
        _right_but_for_signs,
        lambda: _(
            "Your numbers have the right size, and some of them the other sign. Is an absolute value missing, or a difference "
            "taken the other way round?"
        ),
    ),
    "twice": (_times(2), lambda: _("Your result is exactly twice the expected one.")),
    "half": (_times(0.5), lambda: _("Your result is exactly half the expected one.")),
    "times m": (
        _times_size(_columns, 1),
        lambda: _(
            "Your result is the expected one times the number of columns of an argument, in every case. Look where a sum "
            "should be a mean."
        ),
    ),
    "divided by m": (
        _times_size(_columns, -1),
        lambda: _(
            "Your result is the expected one divided by the number of columns of an argument, in every case. Look whether a "
            "mean is taken once more than needed."
        ),
    ),
    "times the length": (
        _times_size(_lengths, 1),
        lambda: _(
            "Your result is the expected one times the length (`len`) of an argument, in every case. Look where a sum should "
            "be a mean."
        ),
    ),
    "divided by the length": (
        _times_size(_lengths, -1),
        lambda: _(
            "Your result is the expected one divided by the length (`len`) of an argument, in every case. Look whether a mean "
            "is taken once more than needed."
        ),
    ),
    **{f"times {factor}": _factor(factor) for factor in FACTORS},
    "logarithm to base 10": (
        _times(1 / np.log(10)),
        lambda: _(
            "In every case your result is 0.434 times the expected one. So much is a logarithm to base 10 of the natural one, which "
            "is `np.log`."
        ),
    ),
    "logarithm to base 2": (
        _times(1 / np.log(2)),
        lambda: _(
            "In every case your result is 1.443 times the expected one. So much is a logarithm to base 2 of the natural one, which "
            "is `np.log`."
        ),
    ),
    "transposed": (
        lambda expected, actual, _case: _close(actual, expected.T),
        lambda: _("Your result has the right numbers, with rows and columns exchanged."),
    ),
    "squeezed": (
        _squeezed,
        lambda: _(
            "The numbers are right, but your result has lost an axis of size 1. `keepdims=True` keeps it in a sum or a mean."
        ),
    ),
    "reshaped": (_reshaped, lambda: _("The numbers are right; only the shape of your result differs.")),
    "rows in another order": (
        _rows_in_other_order,
        lambda: _("Your result has the expected rows, in another order."),
    ),
    "columns in another order": (
        lambda expected, actual, case: _rows_in_other_order(expected.T, actual.T, case),
        lambda: _("Your result has the expected columns, in another order."),
    ),
    "all summed": (
        _all_summed,
        lambda: _(
            "Your result is one number: the sum of all the expected ones. Look at the `axis` along which you add up."
        ),
    ),
    "not summed": (
        _not_summed,
        lambda: _("The sum of your result along one axis is what is expected. A sum seems to be open still."),
    ),
    "summed along another axis": (
        _summed_along_another_axis,
        lambda: _(
            "Your result and the expected one have the same total, but not the same shape, as when one table is added up "
            "along different axes. Look at the `axis`."
        ),
    ),
    "one factor": (
        _same_multiple,
        lambda: _(
            "In every case all your numbers differ from the expected ones by one and the same factor. Look for a factor or "
            "a division that is missing, or there once too often."
        ),
    ),
}


def relation(seen: Iterable[tuple[Any, Any, Case]], among: Collection[str] = RELATIONS) -> str | None:
    """The id of the first of these relations that holds for all (expected, actual, case), or None."""
    try:
        arrays = [(_numbers(expected), _numbers(actual), case) for expected, actual, case in seen]
    except (TypeError, ValueError):
        return None
    with np.errstate(all="ignore"):
        # Where the numbers are right as they stand, something else is wrong, as with a list in the place of an array.
        if all(_close(actual, expected) for expected, actual, _case in arrays):
            return None
        return next((id for id in among if all(RELATIONS[id][0](*one) for one in arrays)), None)


def _numbers(value: Any) -> np.ndarray:
    """The value as an array of floats. Raises TypeError or ValueError for anything but real numbers."""
    array = np.asarray(value)
    if array.dtype.kind not in "biuf":
        raise TypeError(array.dtype)
    return array.astype(float)


def sentence(id: str | None) -> str:
    """What a relation says to the student; '' where there is none of that id."""
    return RELATIONS[id][1]() if id in RELATIONS else ""

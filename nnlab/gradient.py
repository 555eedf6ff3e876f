"""A gradient measured instead of derived."""

from collections.abc import Callable
from typing import Any

import numpy as np


def numerical_gradient(f: Callable[[Any], Any], x: Any, epsilon: float = 1e-6) -> Any:
    """The gradient of f at x, measured: same shape as x; a number gives a number.

    f: takes an array of the shape of x and returns one number
    x: any shape; it is left as it is, f receives a copy
    epsilon: half the distance between the two points at which f is measured, for each entry of x

    Entry i is (f(x + epsilon e_i) - f(x - epsilon e_i)) / (2 epsilon), where e_i is 1 at i and 0 elsewhere.
    By Taylor's theorem this central difference is wrong by about epsilon² f''' / 6, and rounding adds about
    1e-16 |f| / epsilon.

    Raises TypeError when f returns anything but one number.
    """
    point = np.array(x, dtype=float)
    gradient = np.empty_like(point)
    for index in np.ndindex(point.shape):
        centre = point[index]
        point[index] = centre + epsilon
        above = _one_number(f(point.copy()[()]))
        point[index] = centre - epsilon
        below = _one_number(f(point.copy()[()]))
        point[index] = centre
        gradient[index] = (above - below) / (2 * epsilon)
    return gradient[()]


def _one_number(value: Any) -> float:
    if isinstance(value, (tuple, list, dict)) or np.size(value) != 1:
        raise TypeError(f"f must return one number, and it returned {type(value).__name__}: {value!r:.80}")
    return float(np.reshape(value, ()))

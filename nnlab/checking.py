"""For lesson 04: parameters as one column and back, backward passes under suspicion, and figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from .blank import blank_figure, hide_frame
from .words import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Arrays = dict[str, Any]
Backward = Callable[[Any, Any, Any], Arrays]

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000")
STROKES = ("-", "--", "-.", ":")
MARKERS = ("o", "s", "^", "D")


def dictionary_to_vector(dictionary: Mapping[str, Any], keys: Iterable[str] | None = None) -> Any:
    """All entries of the arrays in one column, (n, 1): array after array, each row by row.

    dictionary: name -> array
    keys: the names to take, in this order; else all, in the order of the dictionary
    """
    names = list(dictionary if keys is None else keys)
    return np.concatenate([np.reshape(np.asarray(dictionary[name], dtype=float), (-1, 1)) for name in names])


def vector_to_dictionary(vector: Any, like: Mapping[str, Any]) -> Arrays:
    """The arrays that `dictionary_to_vector` made a column of: names, order and shapes are those of `like`.

    vector: (n, 1)   like: name -> array, n entries in all
    """
    sizes = [np.size(array) for array in like.values()]
    parts = np.split(np.ravel(vector), np.cumsum(sizes)[:-1])
    return {name: part.reshape(np.shape(like[name])).copy() for name, part in zip(like, parts, strict=True)}


def suspects(backward: Backward) -> dict[str, Backward]:
    """Three backward passes, made from yours: one of them gives your gradients, the two others have a mistake."""
    return {
        "A": lambda X, Y, cache: _spoil_first_layer(backward(X, Y, cache), X),
        "B": lambda X, Y, cache: backward(X, Y, cache),
        "C": lambda X, Y, cache: _spoil_a_bias(backward(X, Y, cache)),
    }


def _spoil_first_layer(gradients: Arrays, X: Any) -> Arrays:
    dZ1 = gradients["dA1"]
    m = X.shape[1]
    return {**gradients, "dZ1": dZ1, "dW1": dZ1 @ X.T / m, "db1": np.sum(dZ1, axis=1, keepdims=True) / m}


def _spoil_a_bias(gradients: Arrays) -> Arrays:
    return {**gradients, "db2": np.full_like(gradients["db2"], np.sum(gradients["db2"]))}


def draw_log_lines(lines: Mapping[str, Any], x: Sequence[float], x_label: str = "", y_label: str = "") -> Figure:
    """Curves in a frame where each step of both axes multiplies by ten.

    lines: name -> values above 0, one for each entry of x; nan leaves a gap
    """
    figure = blank_figure(6.6, 3.8)
    ax = figure.subplots()
    for number, (name, values) in enumerate(lines.items()):
        style = number % len(STROKES)
        ax.loglog(
            x, values, STROKES[style], marker=MARKERS[style], markersize=4, color=COLOURS[number % 5], label=say(name)
        )
    ax.set(xlabel=x_label, ylabel=y_label)
    ax.grid(alpha=0.3)
    ax.legend(frameon=False)
    hide_frame(ax)
    return figure


def draw_secants(panels: Mapping[str, tuple[Callable[[Any], Any], float, float, float]]) -> Figure:
    """The curve of a function with its tangent at one place, and the secants whose slopes stand in for it.

    panels: title -> (function, place, slope of the tangent there, epsilon)
    """
    figure = blank_figure(3.5 * len(panels), 3.4)
    for ax, (title, (f, place, slope, epsilon)) in zip(
        figure.subplots(1, len(panels), squeeze=False)[0], panels.items(), strict=True
    ):
        x = np.linspace(place - 2.2 * epsilon, place + 2.2 * epsilon, 400)
        ax.plot(x, f(x), color="0.55", linewidth=3, label="J")
        ax.plot(x, f(place) + slope * (x - place), ":", color="black", linewidth=2, label=say("derivative"))
        for name, left, colour, stroke in (
            ("one-sided", place, COLOURS[1], "--"),
            ("two-sided", place - epsilon, COLOURS[0], "-"),
        ):
            _draw_secant(ax, f, left, place + epsilon, x, colour, stroke, say(name))
        ax.plot([place], [f(place)], "ko", markersize=5)
        ax.set_xticks([place - epsilon, place, place + epsilon], ["θ − ε", "θ", "θ + ε"])
        ax.set_yticks([])
        ax.set_title(title, fontsize=10)
        hide_frame(ax)
    figure.axes[0].legend(frameon=False, fontsize=9)
    return figure


def _draw_secant(
    ax: Axes, f: Callable[[Any], Any], left: float, right: float, x: Any, colour: str, stroke: str, name: str
) -> None:
    rise = (f(right) - f(left)) / (right - left)
    ax.plot(x, f(left) + rise * (x - left), stroke, color=colour, linewidth=1.6, label=name)
    ax.plot([left, right], [f(left), f(right)], "o", color=colour, markersize=6, fillstyle="none")

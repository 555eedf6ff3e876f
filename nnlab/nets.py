"""Diagrams of deep networks, for `nnlab.show`: layers, the two passes, the ways back, sums of rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from nnlab.figures import COLOURS, LIGHT

from .blank import blank_figure
from .words import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# A column of a network shows at most so many units; the others are dots.
MOST = 13


def _blank(width: float, height: float) -> tuple[Figure, Axes]:
    figure = blank_figure(width, height)
    ax = figure.subplots()
    ax.axis("off")
    return figure, ax


def _arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float], colour: str = "black") -> None:
    ax.annotate(
        "", xy=end, xytext=start, arrowprops={"arrowstyle": "-|>", "color": colour, "linewidth": 1.6, "shrinkA": 0}
    )


def draw_layers(sizes: Sequence[int]) -> Figure:
    """A network as columns of units, with the shape of the weights between the columns.

    sizes: [n_0, n_1, ..., n_L]
    """
    figure, ax = _blank(7.6, 3.9)
    places = [_column(x, size) for x, size in enumerate(sizes)]
    for before, after in pairwise(places):
        for start in before:
            ax.plot(*zip(*[point for end in after for point in (start, end)], strict=True), color="0.75", linewidth=0.4)
    for x, (size, column) in enumerate(zip(sizes, places, strict=True)):
        ax.scatter(
            [place[0] for place in column],
            [place[1] for place in column],
            s=70,
            color=LIGHT[1 if x == 0 else 2],
            edgecolors="black",
            zorder=3,
        )
        if size > MOST:
            ax.text(x, 0, "⋮", fontsize=18, ha="center", va="center", zorder=4)
        name = say("inputs") if x == 0 else say("layer {layer}").format(layer=x)
        ax.text(x, -MOST / 2 - 0.9, f"{name}\n{size}", ha="center", va="top", fontsize=11)
    for x, (n_prev, n) in enumerate(pairwise(sizes)):
        ax.text(x + 0.5, MOST / 2 + 0.5, f"$W^{{[{x + 1}]}}$\n({n}, {n_prev})", ha="center", va="bottom", fontsize=10)
    ax.set(xlim=(-0.4, len(sizes) - 0.6), ylim=(-MOST / 2 - 3.0, MOST / 2 + 2.6))
    return figure


def _column(x: float, size: int) -> list[tuple[float, float]]:
    """Where the units of one column stand; a long column has a gap in its middle."""
    shown = min(size, MOST)
    heights = (shown - 1) / 2 - np.arange(shown)
    return [(x, float(y)) for y in heights if size <= MOST or abs(y) > 1]


def draw_passes() -> Figure:
    """The forward pass of three layers above, the backward pass below, and the caches between them."""
    figure, ax = _blank(8.2, 3.7)
    ax.set(xlim=(-0.9, 11.5), ylim=(-0.75, 4.55))
    for number, x in enumerate((0.6, 4.1, 7.6), start=1):
        last = number == 3
        name, letter = ("sigmoid", "L") if last else ("relu", str(number))
        _box(ax, x, 3.2, say("layer {layer}\nlinear, {name}").format(layer=letter, name=name), LIGHT[1])
        _box(ax, x, 0, say("layer {layer}\n{name}, linear\nback").format(layer=letter, name=name), LIGHT[2])
        _arrow(ax, (x + 1.1, 3.2), (x + 1.1, 1.05), COLOURS[0])
        ax.text(x + 1.2, 2.15, say("cache"), fontsize=10, va="center", color=COLOURS[0])
        _arrow(ax, (x + 0.4, 0), (x + 0.4, -0.5))
        ax.text(x + 0.55, -0.42, f"$dW^{{[{letter}]}},\\ db^{{[{letter}]}}$", fontsize=10, va="center")
    forward = ("$X$", "$A^{[1]}$", "$A^{[2]}$", "$A^{[L]}$")
    backward = ("$dA^{[0]}$", "$dA^{[1]}$", "$dA^{[2]}$", "$dA^{[L]}$")
    for x, above, below in zip((-0.7, 2.8, 6.3, 9.8), forward, backward, strict=True):
        _arrow(ax, (x, 3.7), (x + 1.3, 3.7))
        ax.text(x + 0.65, 3.9, above, ha="center", fontsize=11)
        _arrow(ax, (x + 1.3, 0.5), (x, 0.5))
        ax.text(x + 0.65, 0.65, below, ha="center", fontsize=11)
    ax.text(11.15, 3.7, "$J$", fontsize=13, va="center")
    _arrow(ax, (11.2, 3.4), (11.2, 0.5))
    return figure


def _box(ax: Axes, x: float, y: float, text: str, colour: str) -> None:
    from matplotlib.patches import FancyBboxPatch

    ax.add_patch(
        FancyBboxPatch((x, y), 2.2, 1.0, boxstyle="round,pad=0,rounding_size=0.12", facecolor=colour, edgecolor="black")
    )
    ax.text(x + 1.1, y + 0.5, text, ha="center", va="center", fontsize=9.5)


def draw_ways_back() -> Figure:
    """One unit that fed three: its gradient is a sum over three ways back."""
    from matplotlib.patches import Circle

    figure, ax = _blank(6.4, 2.9)
    ax.set(xlim=(-3.1, 6.2), ylim=(-0.75, 4.3), aspect="equal")
    for number, y in enumerate((3.6, 2.0, 0.4), start=1):
        ax.add_patch(Circle((5.2, y), 0.5, facecolor=LIGHT[2], edgecolor="black"))
        ax.text(5.2, y, f"$z_{number}$", fontsize=13, ha="center", va="center")
        slope = (y - 2.0) / 5.2
        _arrow(ax, (4.7, 2.0 + slope * 4.7), (0.6, 2.0 + slope * 0.6), COLOURS[1])
        ax.text(
            2.9,
            2.12 + slope * 2.9,
            f"$w_{{{number}j}}\\ dz_{number}$",
            fontsize=12,
            ha="center",
            va="bottom",
            rotation=float(np.degrees(np.arctan(slope))),
        )
    ax.add_patch(Circle((0, 2.0), 0.5, facecolor=LIGHT[1], edgecolor="black"))
    ax.text(0, 2.0, "$a_j$", fontsize=13, ha="center", va="center")
    ax.text(-0.65, 2.0, say("$da_j = $ sum of\nthe three"), fontsize=11, ha="right", va="center")
    ax.text(0, -0.6, say("layer {layer}").format(layer="l−1"), fontsize=10, ha="center")
    ax.text(5.2, -0.6, say("layer {layer}").format(layer="l"), fontsize=10, ha="center")
    return figure


def draw_row_sums(title: str, matrix: Any) -> Figure:
    """A matrix, each row in a colour of its own, and beside it the column of the sums of its rows."""
    from matplotlib.patches import Rectangle

    entries = np.asarray(matrix)
    rows, columns = entries.shape
    figure, ax = _blank(0.45 * (columns + 3.2), 0.45 * (rows + 1))
    ax.set(xlim=(0, columns + 3), ylim=(rows, -0.9), aspect="equal")
    for left, name, table in ((0, title, entries), (columns + 2, say("sum"), entries.sum(axis=1, keepdims=True))):
        ax.text(left + table.shape[1] / 2, -0.25, name, ha="center", va="bottom", fontsize=10)
        for (row, column), entry in np.ndenumerate(table):
            place, colour = (left + column, row), LIGHT[row % len(LIGHT)]
            ax.add_patch(Rectangle(place, 1, 1, facecolor=colour, edgecolor="white", linewidth=2))
            ax.text(place[0] + 0.5, row + 0.5, f"{entry}", ha="center", va="center", fontsize=10)
    for row in range(rows):
        _arrow(ax, (columns + 0.2, row + 0.5), (columns + 1.9, row + 0.5))
    return figure

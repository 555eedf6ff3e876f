"""Diagrams of networks, for `nnlab.show`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from .blank import blank_figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLOURS = ("#56B4E9", "#E69F00")
# A layer of more units is drawn with its first and its last ones, and dots between them.
MOST_UNITS = 6


def draw_network(sizes: Sequence[int], captions: Sequence[str] = (), symbols: Sequence[str] = ()) -> Figure:
    """A network as columns of circles, every unit joined to all units of the next layer.

    sizes: units of each layer, the inputs first
    captions: text under each layer
    symbols: the letter of each layer's units, in mathtext without the dollar signs, as in "x" or "a^{[1]}"
    """
    heights = [_heights(size) for size in sizes]
    tallest = max(abs(y) for column in heights for y, _ in column)
    figure = blank_figure(2.4 * len(sizes), 0.62 * (2 * tallest + 2.6))
    ax = figure.subplots()
    for layer, (left, right) in enumerate(pairwise(heights)):
        for y, unit in left:
            for y_next, unit_next in right:
                if unit and unit_next:
                    ax.plot([3 * layer, 3 * layer + 3], [y, y_next], color="0.65", linewidth=0.8, zorder=1)
    for layer, column in enumerate(heights):
        symbol = symbols[layer] if layer < len(symbols) else ""
        for y, unit in column:
            _draw_unit(ax, 3 * layer, y, _name(symbol, unit, sizes[layer]), unit, layer)
        if layer < len(captions):
            ax.text(3 * layer, -tallest - 0.9, captions[layer], ha="center", va="top", fontsize=10)
    ax.set(xlim=(-1.1, 3 * len(sizes) - 1.9), ylim=(-tallest - 2.1, tallest + 0.6), aspect="equal")
    ax.axis("off")
    return figure


def _heights(size: int) -> list[tuple[float, int]]:
    """(height, number of the unit) of what is drawn of a layer, from the top; number 0 stands for the dots."""
    shown = list(range(1, size + 1))
    if size > MOST_UNITS:
        shown = [1, 2, 3, 0, size]
    return [((len(shown) - 1) / 2 - place, unit) for place, unit in enumerate(shown)]


def _name(symbol: str, unit: int, size: int) -> str:
    """The text in a circle; the only unit of a layer needs no number."""
    if not symbol:
        return ""
    return f"${symbol}_{{{unit}}}$" if size > 1 else f"${symbol}$"


def _draw_unit(ax: Axes, x: float, y: float, text: str, unit: int, layer: int) -> None:
    from matplotlib.patches import Circle

    if not unit:
        ax.text(x, y, "⋮", ha="center", va="center", fontsize=14)
        return
    ax.add_patch(Circle((x, y), 0.42, facecolor=COLOURS[min(layer, 1)], edgecolor="black", zorder=2))
    ax.text(x, y, text, ha="center", va="center", fontsize=10, zorder=3)

"""A computation as a graph of small functions with its numbers at the arrows, for `nnlab.show`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from .blank import blank_figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    Place = tuple[float, float]

FORWARD, BACKWARD = "#0072B2", "#D55E00"
BOX, INPUT = "#F2F2F2", "#DCEFFA"


def draw_graph(
    inputs: Mapping[str, Place], steps: Mapping[str, Place], arrows: Sequence[tuple[str, str, str, str]]
) -> Figure:
    """Small functions in boxes; above each arrow its value (forward), below it its gradient (backward).

    inputs: name -> place, drawn round   steps: name of the function -> place, drawn as a box; steps stand 3 apart
    arrows: (from, to, value, gradient); a gradient "" is left out, a `to` of "" ends the graph
    """
    places = {**inputs, **steps}
    xs, ys = zip(*places.values(), strict=True)
    width, height = max(xs) - min(xs) + 3.6, max(ys) - min(ys) + 1.6
    figure = blank_figure(0.62 * width, 0.62 * height)
    ax = figure.subplots()
    ax.set(xlim=(min(xs) - 0.7, max(xs) + 2.9), ylim=(min(ys) - 0.8, max(ys) + 0.8), aspect="equal")
    ax.axis("off")
    for start, end, value, gradient in arrows:
        x, y = places[start]
        _draw_arrow(ax, (x, y), places[end] if end else (x + 2.7, y), value, gradient)
    for name, place in places.items():
        style, colour = ("circle,pad=0.35", INPUT) if name in inputs else ("round,pad=0.4", BOX)
        bbox = {"boxstyle": style, "facecolor": colour, "edgecolor": "black"}
        ax.text(*place, name, ha="center", va="center", fontsize=12, bbox=bbox, zorder=3)
    return figure


def _draw_arrow(ax: Axes, start: Place, end: Place, value: str, gradient: str) -> None:
    (x0, y0), (x1, y1) = start, end
    ax.annotate(
        "",
        xy=end,
        xytext=start,
        arrowprops={"arrowstyle": "-|>", "color": "0.35", "shrinkA": 17, "shrinkB": 17, "lw": 1.3},
    )
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    # Beside a slanted arrow, so that it crosses neither of its numbers.
    above, below = {0: ("center", "center"), -1: ("left", "right"), 1: ("right", "left")}[(y1 > y0) - (y1 < y0)]
    ax.text(x, y + 0.12, value, color=FORWARD, ha=above, va="bottom", fontsize=11)
    if gradient:
        # The sign says the direction to readers who do not see the colour.
        ax.text(x, y - 0.12, f"← {gradient}", color=BACKWARD, ha=below, va="top", fontsize=11)

"""Diagrams of tapes, for `nnlab.show`: a graph with its numbers, a copy and its sum, a ladder of many ways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from nnlab.figures import LIGHT

from .fonts import read_every_letter
from .words import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Place = tuple[float, float]
Line = tuple[str, str, tuple[str, ...]]
# Values are blue, gradients red and underlined, so that they are told apart without colour too.
VALUE, GRADIENT = "#0b4f8a", "#b3261e"
PALE = "#d6e9f8"
RADIUS = 0.27
# The width of a digit at a size of one point, in units of a drawing that has 1 unit an inch.
DIGIT = 0.0092


def _blank(width: float, height: float, left: float, bottom: float) -> tuple[Figure, Axes]:
    """A figure of so many inches, in which one unit is an inch."""
    from matplotlib.figure import Figure

    read_every_letter()
    figure = Figure(figsize=(width, height))
    ax = figure.add_axes((0, 0, 1, 1))
    ax.set(xlim=(left, left + width), ylim=(bottom, bottom + height))
    ax.axis("off")
    return figure, ax


def draw_tape(
    tape: Sequence[Line],
    places: Mapping[str, Place],
    values: Mapping[str, Any],
    ways: Mapping[tuple[str, str], Any] | None = None,
    sums: Mapping[str, str] | None = None,
) -> Figure:
    """A computation as a graph: values under the nodes, and what each way brings back at its edge.

    places: {node: (x, y), in inches}   values: {node: number}
    ways: {(operand, result): the gradient that this edge brings back}   sums: {node: how what arrives is added up}
    """
    across, up = zip(*places.values(), strict=True)
    left, bottom = min(across) - 0.8, min(up) - 0.85
    figure, ax = _blank(max(across) + 0.9 - left, max(up) + 0.7 - bottom, left, bottom)
    operations = {name: operation for name, operation, _operands in tape}
    for name, _operation, operands in tape:
        for operand in operands:
            _draw_edge(ax, places[operand], places[name], (ways or {}).get((operand, name)))
    for name, (x, y) in places.items():
        _draw_node(ax, x, y, name, operations.get(name, ""), values[name])
    for name, text in (sums or {}).items():
        _write_gradient(ax, places[name][0], places[name][1] - 0.75, text, 11)
    return figure


def _draw_node(ax: Axes, x: float, y: float, name: str, operation: str, value: Any) -> None:
    from matplotlib.patches import Circle

    ax.add_patch(Circle((x, y), RADIUS, facecolor=LIGHT[2 if operation else 1], edgecolor="black", zorder=3))
    ax.text(x, y, f"${name}$", fontsize=13, ha="center", va="center", zorder=4)
    ax.text(x, y - RADIUS - 0.15, f"{value:g}", fontsize=12, ha="center", va="center", color=VALUE, weight="bold")
    ax.text(x, y - RADIUS - 0.36, operation, fontsize=9, ha="center", va="center", color="0.3")


def _draw_edge(ax: Axes, start: Place, end: Place, gradient: Any) -> None:
    """An arrow between two nodes, and above its middle what it brings back."""
    one, other = np.array(start), np.array(end)
    along = (other - one) / np.linalg.norm(other - one)
    ax.annotate(
        "",
        xy=other - RADIUS * along,
        xytext=one + RADIUS * along,
        arrowprops={"arrowstyle": "-|>", "linewidth": 1.4, "shrinkA": 0, "shrinkB": 0},
    )
    if gradient is not None:
        middle = (one + other) / 2 + 0.2 * np.array([-along[1], along[0]])
        _write_gradient(ax, middle[0], middle[1], f"{gradient:g}", 12)


def _write_gradient(ax: Axes, x: float, y: float, text: str, size: float) -> None:
    half = DIGIT * size * len(text) / 2
    ax.text(x, y, text, fontsize=size, ha="center", va="center", color=GRADIENT, weight="bold", zorder=5)
    ax.plot([x - half, x + half], [y - 0.11, y - 0.11], color=GRADIENT, linewidth=1.3, zorder=5)


def draw_copied_and_added(column: Any, arriving: Any) -> Figure:
    """Forward, a column (n, 1) that is copied to the shape of `arriving`, (n, m); backward, `arriving` added up to a column."""
    arriving = np.asarray(arriving)
    rows, columns = arriving.shape
    column = np.asarray(column).reshape(rows, 1)
    side = 0.38
    figure, ax = _blank(side * (columns + 4) + 2.4, side * (2 * rows + 2) + 0.75, -1.5, -0.1)
    far, upper = side * 3, side * (rows + 1) + 0.5
    copies = np.repeat(column, columns, axis=1)
    _draw_table(ax, 0, upper, column, side, "b", given=True)
    _draw_table(ax, far, upper, copies, side, say("b, copied"), given=False)
    _draw_table(ax, far, 0, arriving, side, "g", given=True, gradient=True)
    _draw_table(ax, 0, 0, arriving.sum(axis=1, keepdims=True), side, "db", given=True, gradient=True)
    for bottom, text, ends in ((upper, "forward:\ncopy", (1.2, 2.8)), (0, "backward:\nadd", (2.8, 1.2))):
        ax.text(-0.8, bottom + side * rows / 2, say(text), fontsize=11, ha="center", va="center")
        for row in range(rows):
            y = bottom + side * (row + 0.5)
            ax.annotate("", xy=(side * ends[1], y), xytext=(side * ends[0], y), arrowprops={"arrowstyle": "-|>"})
    return figure


def _draw_table(
    ax: Axes, left: float, bottom: float, table: np.ndarray, side: float, name: str, given: bool, gradient: bool = False
) -> None:
    """A table of whole numbers; what is only a copy is pale, with a dotted frame."""
    from matplotlib.patches import Rectangle

    rows, columns = table.shape
    ax.text(left + side * columns / 2, bottom + side * rows + 0.12, name, fontsize=11, ha="center", va="center")
    for (row, column), entry in np.ndenumerate(table):
        x, y = left + side * column, bottom + side * (rows - 1 - row)
        face = PALE if given and not gradient else "white"
        stroke = "-" if given else ":"
        ax.add_patch(Rectangle((x, y), side, side, facecolor=face, edgecolor="0.35", linestyle=stroke))
        if gradient:
            _write_gradient(ax, x + side / 2, y + side / 2 + 0.02, f"{entry}", 11)
        else:
            ax.text(x + side / 2, y + side / 2, f"{entry}", fontsize=11, ha="center", va="center", color=VALUE)


def draw_ladder(rungs: int) -> Figure:
    """Nodes in a row, two edges from each to the next; above them the lines so far, below the ways from the first."""
    from matplotlib.patches import Circle, FancyArrowPatch

    step = 1.15
    figure, ax = _blank(step * rungs + 2.4, 2.1, -1.7, -1.0)
    ax.text(-1.6, 0.62, say("lines"), fontsize=11, va="center")
    ax.text(-1.6, -0.72, say("ways"), fontsize=11, va="center")
    for rung in range(rungs + 1):
        x = step * rung
        ax.add_patch(Circle((x, 0), RADIUS, facecolor=LIGHT[2 if rung else 1], edgecolor="black", zorder=3))
        ax.text(x, 0, f"$x_{{{rung}}}$", fontsize=12, ha="center", va="center", zorder=4)
        ax.text(x, 0.62, f"{rung}", fontsize=11, ha="center", va="center")
        ax.text(x, -0.72, f"{2**rung}", fontsize=11, ha="center", va="center", weight="bold")
        for bend in (0.35, -0.35) if rung < rungs else ():
            ax.add_patch(
                FancyArrowPatch(
                    (x + RADIUS * 0.9, 0.1 * np.sign(bend)),
                    (x + step - RADIUS * 0.9, 0.1 * np.sign(bend)),
                    connectionstyle=f"arc3,rad={-bend}",
                    arrowstyle="-|>",
                    mutation_scale=12,
                )
            )
    return figure

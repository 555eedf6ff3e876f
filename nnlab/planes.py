"""Figures of points in a plane and of what a network says about every place in it, for `nnlab.show`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from .blank import blank_figure
from .words import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    # A function (2, n) -> one number for each column, or None for points alone; then X and Y.
    Panel = tuple[Callable[[Any], Any] | None, Any, Any]

# Label 0 and label 1: colours that colour-blind readers can tell apart, and shapes for those who see or print in grey.
POINTS = ("#0072B2", "#D55E00")
MARKERS = ("o", "^")
AREAS = ("#CFE5F3", "#FBDCC4")
# On purple and orange shades a point of either colour would be hard to see.
ON_SHADES = ("white", "black")
RESOLUTION = 200


def draw_boundary(predict: Callable[[Any], Any] | None, X: Any, Y: Any, title: str = "") -> Figure:
    """The points, and behind them the answer for every place of the plane; the black line is the boundary.

    predict: takes places (2, n), returns (1, n), 0 and 1 or probabilities; None draws the points alone
    X: (2, m)   Y: (1, m), 0 or 1
    """
    return draw_boundaries({title: (predict, X, Y)})


def draw_boundaries(panels: Mapping[str, Panel], columns: int = 4) -> Figure:
    """Several boundaries in one figure.

    panels: title -> (predict, X, Y), as `draw_boundary` takes them
    """
    figure, axes = _grid(panels, columns)
    for ax, (predict, X, Y) in zip(axes, panels.values(), strict=True):
        if predict:
            x, y, values = _surface(predict, X)
            ax.contourf(x, y, values, levels=[-np.inf, 0.5, np.inf], colors=AREAS)
            # Where all places have one answer there is no line to draw, and matplotlib would warn.
            if values.min() <= 0.5 < values.max():
                ax.contour(x, y, values, levels=[0.5], colors="black", linewidths=1.2)
        _scatter(ax, X, Y)
    axes[0].legend(loc="upper right", fontsize=8, handletextpad=0.1, borderpad=0.3)
    return figure


def draw_surfaces(panels: Mapping[str, Panel], low: float = -1.0, high: float = 1.0, columns: int = 4) -> Figure:
    """Several functions of the plane as shades, purple for high values and orange for low ones, with the points.

    panels: title -> (function, X, Y); the function takes places (2, n) and returns (1, n)
    low, high: the values with the strongest shades; the value halfway between is white, its places a black line
    """
    from matplotlib import colormaps
    from matplotlib.colors import ListedColormap

    # Without the darkest shades of both ends, on which no point would be seen.
    pale = ListedColormap(colormaps["PuOr"](np.linspace(0.25, 0.75, 256)))
    middle = (low + high) / 2
    figure, axes = _grid(panels, columns)
    for ax, (function, X, Y) in zip(axes, panels.values(), strict=True):
        if function:
            x, y, values = _surface(function, X)
            extent = (x[0], x[-1], y[0], y[-1])
            shades = ax.imshow(values, extent=extent, origin="lower", cmap=pale, vmin=low, vmax=high)
            if values.min() < middle < values.max():
                ax.contour(x, y, values, levels=[middle], colors="black", linewidths=1.2)
        _scatter(ax, X, Y, size=11, colours=ON_SHADES)
    figure.colorbar(shades, ax=list(axes), shrink=0.8)
    return figure


def _grid(panels: Mapping[str, Panel], columns: int) -> tuple[Figure, list[Axes]]:
    columns = min(columns, len(panels))
    rows = -(-len(panels) // columns)
    size = 4.2 if len(panels) == 1 else 2.6
    figure = blank_figure(size * columns, (size + 0.2) * rows)
    axes = list(figure.subplots(rows, columns, squeeze=False).ravel())
    for ax, title in zip(axes, panels, strict=False):
        ax.set_title(say(title), fontsize=10)
        ax.tick_params(labelsize=8)
    for ax in axes[len(panels) :]:
        ax.axis("off")
    return figure, axes[: len(panels)]


def _surface(function: Callable[[Any], Any], X: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Places along both axes of a square a little larger than the points need, and the function's values there."""
    low, high = np.min(X, axis=1), np.max(X, axis=1)
    half = 0.55 * float(np.max(high - low)) or 1.0
    x, y = np.linspace((low + high) / 2 - half, (low + high) / 2 + half, RESOLUTION).T
    places = np.vstack([axis.ravel() for axis in np.meshgrid(x, y)])
    return x, y, np.asarray(function(places), dtype=float).reshape(RESOLUTION, RESOLUTION)


def _scatter(ax: Axes, X: Any, Y: Any, size: float = 14, colours: tuple[str, str] = POINTS) -> None:
    edge = "white" if colours == POINTS else "black"
    for label, (colour, marker) in enumerate(zip(colours, MARKERS, strict=True)):
        chosen = np.asarray(X)[:, np.ravel(Y) == label]
        ax.scatter(
            chosen[0], chosen[1], s=size, c=colour, marker=marker, edgecolors=edge, linewidths=0.4, label=f"{label}"
        )

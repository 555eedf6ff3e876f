"""Figures of the lessons: each function returns a matplotlib Figure, for `nnlab.show`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from .blank import blank_figure, hide_frame
from .words import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Okabe and Ito's colours, which colour-blind readers can tell apart: for lines, and for areas under text.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000")
LIGHT = ("#CC79A7", "#56B4E9", "#E69F00", "#F0E442", "#009E73")
# Lines differ in stroke as well, for readers who see or print in grey.
STROKES = ("-", "--", "-.", ":")


def draw_images(images: Any, titles: Iterable[Any] = (), columns: int = 8, max_value: float | None = None) -> Figure:
    """Pictures side by side, in rows.

    images: (n, H, W), (n, H, W, 1) or (n, H, W, 3); with one channel, a large value is dark, as ink is
    titles: text above each, in the same order
    max_value: the value drawn darkest (one channel) or brightest (three); else the largest one of all
    """
    pictures = np.asarray(images)
    if pictures.ndim == 4 and pictures.shape[3] == 1:
        pictures = pictures[..., 0]
    top = float(pictures.max() if max_value is None else max_value) or 1.0
    columns = min(columns, len(pictures))
    rows = -(-len(pictures) // columns)
    figure = blank_figure(1.1 * columns, 1.1 * rows + (0.3 * rows if titles else 0.0))
    grid = figure.subplots(rows, columns, squeeze=False).ravel()
    for ax, picture in zip(grid, pictures, strict=False):
        ax.imshow(picture / top, cmap="gray_r", vmin=0, vmax=1)
        ax.set(xticks=[], yticks=[])
        ax.spines[:].set_color("0.8")
    for ax in grid[len(pictures) :]:
        ax.axis("off")
    for ax, title in zip(grid, titles, strict=False):
        ax.set_title(say(str(title)), fontsize=9)
    return figure


def draw_tables(tables: Mapping[str, Any], group: Callable[[Any], int] = int) -> Figure:
    """Matrices side by side, each entry in a box.

    tables: title -> matrix
    group: entry -> whole number; entries of one group have one colour
    """
    figure = blank_figure(1, 1)
    ax = figure.subplots()
    left, height = 0.0, 0
    for title, matrix in tables.items():
        rows, columns = np.atleast_2d(matrix).shape
        _draw_table(ax, np.atleast_2d(matrix), left, group)
        ax.text(left + columns / 2, -0.25, title, ha="center", va="bottom", fontsize=10)
        left, height = left + columns + 1, max(height, rows)
    ax.set(xlim=(0, left - 1), ylim=(height, -0.9), aspect="equal")
    ax.axis("off")
    figure.set_size_inches(0.45 * left, 0.45 * (height + 1))
    return figure


def _draw_table(ax: Axes, matrix: np.ndarray, left: float, group: Callable[[Any], int]) -> None:
    from matplotlib.patches import Rectangle

    for (row, column), entry in np.ndenumerate(matrix):
        x, colour = left + column, LIGHT[group(entry) % len(LIGHT)]
        ax.add_patch(Rectangle((x, row), 1, 1, facecolor=colour, edgecolor="white", linewidth=2))
        ax.text(x + 0.5, row + 0.5, f"{entry}", ha="center", va="center", fontsize=10)


def draw_weights(weights: Any, titles: Iterable[str] = (), labels: tuple[str, str] = ("", "")) -> Figure:
    """Weights as pictures: orange below zero, white at zero, purple above.

    weights: (H, W) or (H, W, C), one picture for each channel
    titles: text above each picture
    labels: words for the lower and the upper end of the colour bar
    """
    channels = np.atleast_3d(np.asarray(weights, dtype=float))
    count = channels.shape[2]
    limit = float(np.abs(channels).max()) or 1.0
    figure = blank_figure(2.6 * count + 1.2, 2.7)
    axes = figure.subplots(1, count, squeeze=False)[0]
    for ax, channel in zip(axes, np.moveaxis(channels, 2, 0), strict=True):
        image = ax.imshow(channel, cmap="PuOr", vmin=-limit, vmax=limit)
        ax.set(xticks=[], yticks=[])
    for ax, title in zip(axes, titles, strict=False):
        ax.set_title(title, fontsize=10)
    bar = figure.colorbar(image, ax=list(axes), shrink=0.8)
    bar.ax.set_xlabel(labels[0], fontsize=9)
    bar.ax.set_title(labels[1], fontsize=9)
    return figure


def draw_lines(
    lines: Mapping[str, Any],
    x: Sequence[float] | None = None,
    x_label: str = "",
    y_label: str = "",
) -> Figure:
    """Curves in one frame, each with its name.

    lines: name -> values, one for each entry of x
    x: positions, the same for all curves; else 0, 1, 2, ...
    """
    figure = blank_figure(6.2, 3.4)
    ax = figure.subplots()
    for number, (name, values) in enumerate(lines.items()):
        positions = np.arange(len(values)) if x is None else x
        colour, stroke = COLOURS[number % len(COLOURS)], STROKES[number % len(STROKES)]
        ax.plot(positions, values, stroke, color=colour, linewidth=2, label=say(name))
    ax.set(xlabel=x_label, ylabel=y_label)
    ax.grid(alpha=0.3)
    ax.legend(frameon=False)
    hide_frame(ax)
    return figure


def draw_descents(f: Callable[[Any], Any], paths: Mapping[str, Sequence[float]], low: float, high: float) -> Figure:
    """The valley of f from low to high, once for each path, with the path's points on it.

    f: takes and returns an array (n,)
    paths: title -> positions x_0, x_1, ... of a walk
    """
    xs = np.linspace(low, high, 300)
    figure = blank_figure(3.1 * len(paths), 3.0)
    axes = figure.subplots(1, len(paths), sharey=True, squeeze=False)[0]
    for ax, (title, path) in zip(axes, paths.items(), strict=True):
        points = np.asarray(path, dtype=float)
        ax.plot(xs, f(xs), color="0.6", linewidth=2)
        ax.plot(points, f(points), "o-", color=COLOURS[1], linewidth=1, markersize=4)
        ax.plot(points[:1], f(points[:1]), "s", color=COLOURS[0], markersize=8, label=say("start"))
        ax.set(xlabel="w", xlim=(low, high))
        ax.set_title(say(title), fontsize=10)
        hide_frame(ax)
    axes[0].set_ylabel(say("cost"))
    axes[0].legend(frameon=False)
    return figure


def draw_neuron() -> Figure:
    """One neuron: inputs, weights, sum, sigmoid, probability."""
    figure = blank_figure(7.0, 2.9)
    ax = figure.subplots()
    ax.set(xlim=(0.3, 13.4), ylim=(-0.1, 5.7), aspect="equal")
    ax.axis("off")
    for y, k in ((4.9, "1"), (3.6, "2"), (0.9, "n")):
        _node(ax, 1, y, f"$x_{k}$", LIGHT[1])
        _arrow(ax, (1.55, y), (5.35, 2.9 + (y - 2.9) * 0.12))
        ax.text(3.1, 2.9 + (y - 2.9) * 0.62 + 0.18, f"$w_{k}$", fontsize=12, ha="center")
    ax.text(1, 2.25, "⋮", fontsize=16, ha="center", va="center")
    _node(ax, 6, 2.9, "$z$", LIGHT[2])
    _node(ax, 9.4, 2.9, "$a$", LIGHT[2])
    _arrow(ax, (6.6, 2.9), (8.8, 2.9))
    _arrow(ax, (6, 4.7), (6, 3.55))
    _arrow(ax, (10, 2.9), (11.2, 2.9))
    ax.text(6, 4.85, "$b$", fontsize=12, ha="center")
    ax.text(7.7, 3.1, r"$\sigma$", fontsize=13, ha="center")
    ax.text(6, 1.8, r"$z = w_1x_1 + \dots + w_nx_n + b$", fontsize=10, ha="center", va="center")
    ax.text(11.3, 2.9, say("probability\nof “odd”"), fontsize=10, va="center")
    ax.text(1, 0.05, say("pixels"), fontsize=10, ha="center")
    return figure


def _node(ax: Axes, x: float, y: float, text: str, colour: str) -> None:
    from matplotlib.patches import Circle

    ax.add_patch(Circle((x, y), 0.55, facecolor=colour, edgecolor="black"))
    ax.text(x, y, text, fontsize=13, ha="center", va="center")


def _arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    ax.annotate("", xy=end, xytext=start, arrowprops={"arrowstyle": "->", "color": "black"})

"""Figures of lesson 09: windows on grids of numbers, pictures with a sign, and the stages of a network."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Okabe and Ito's colours, light enough to read black numbers on.
MARKED, PLAIN = "#E69F00", "#DCEFFA"
MAPS, VECTORS = "#56B4E9", "#E69F00"
WIDTH = 0.28  # of a map, as a share of its height


def _figure(width: float, height: float) -> Figure:
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), layout="constrained")


def draw_grids(
    grids: Mapping[str, Any], marked: Mapping[str, tuple[slice, slice]] | None = None, between: Sequence[str] = ()
) -> Figure:
    """Matrices of numbers side by side, parts of them in another colour with a thick frame.

    grids: title -> matrix
    marked: title -> (rows, columns) of the part to mark
    between: signs between the matrices, such as "*" and "="
    """
    figure = _figure(1, 1)
    ax = figure.subplots()
    tallest = max(np.shape(matrix)[0] for matrix in grids.values())
    left = 0.0
    for number, (title, matrix) in enumerate(grids.items()):
        entries = np.asarray(matrix)
        top = (tallest - entries.shape[0]) / 2
        _draw_grid(ax, entries, left, top, (marked or {}).get(title))
        ax.text(left + entries.shape[1] / 2, top - 0.25, title, ha="center", va="bottom", fontsize=10)
        left += entries.shape[1] + 1.4
        if number < len(between):
            ax.text(left - 0.7, tallest / 2, between[number], ha="center", va="center", fontsize=16)
    ax.set(xlim=(-0.1, left - 1.3), ylim=(tallest + 0.1, -1.0), aspect="equal")
    ax.axis("off")
    figure.set_size_inches(0.46 * (left - 1.2), 0.46 * (tallest + 1.1))
    return figure


def _draw_grid(ax: Axes, entries: np.ndarray, left: float, top: float, part: tuple[slice, slice] | None) -> None:
    from matplotlib.patches import Rectangle

    chosen = np.zeros(entries.shape, dtype=bool)
    if part:
        chosen[part] = True
    for (row, column), entry in np.ndenumerate(entries):
        colour = MARKED if chosen[row, column] else PLAIN
        ax.add_patch(Rectangle((left + column, top + row), 1, 1, facecolor=colour, edgecolor="white", linewidth=1.5))
        ax.text(left + column + 0.5, top + row + 0.5, f"{entry:g}", ha="center", va="center", fontsize=10)
    if part:
        rows, columns = np.nonzero(chosen)
        corner = (left + columns.min(), top + rows.min())
        width, height = int(np.ptp(columns)) + 1, int(np.ptp(rows)) + 1
        ax.add_patch(Rectangle(corner, width, height, fill=False, edgecolor="black", linewidth=2))


def draw_signed(pictures: Any, titles: Iterable[str] = (), columns: int = 8, size: float = 1.1) -> Figure:
    """Pictures of positive and negative numbers in rows, on one scale: orange below zero, white at zero, purple above.

    pictures: n matrices
    titles: text above each
    size: width of one picture in inches
    """
    matrices = [np.asarray(picture, dtype=float) for picture in pictures]
    limit = max(float(np.abs(matrix).max()) for matrix in matrices) or 1.0
    columns = min(columns, len(matrices))
    rows = -(-len(matrices) // columns)
    figure = _figure(size * columns + 0.9, (size + 0.25) * rows)
    axes = figure.subplots(rows, columns, squeeze=False).ravel()
    for ax, matrix in zip(axes, matrices, strict=False):
        image = ax.imshow(matrix, cmap="PuOr", vmin=-limit, vmax=limit)
        ax.set(xticks=[], yticks=[])
        ax.spines[:].set_color("0.8")
    for ax in axes[len(matrices) :]:
        ax.axis("off")
    for ax, title in zip(axes, titles, strict=False):
        ax.set_title(title, fontsize=9)
    figure.colorbar(image, ax=list(axes), shrink=0.9)
    return figure


def draw_stages(stages: Sequence[tuple[str, tuple[int, ...], int]]) -> Figure:
    """A network as a row of boxes: what comes out of each stage, what the stage does, and what it has to learn.

    stages: (what is done, shape of one example after it: (H, W, C) or (n,), number of its parameters); the first one
    is the input
    """
    figure = _figure(1.35 * len(stages) + 0.3, 3.6)
    ax = figure.subplots()
    tallest = stages[0][1][0]
    for place, (name, shape, parameters) in enumerate(stages):
        x = 2 * place
        _draw_stage(ax, x, shape, tallest)
        ax.text(x, -1.75, " × ".join(map(str, shape)), ha="center", va="top", fontsize=9, weight="bold")
        if place:
            ax.annotate("", xy=(x - 0.72, 0), xytext=(x - 1.28, 0), arrowprops={"arrowstyle": "->"})
            learnt = f"{parameters:,}\nparameters" if parameters else "nothing\nto learn"
            ax.text(x, -2.3, learnt, ha="center", va="top", fontsize=8)
        ax.text(x, 1.7, name, ha="center", va="bottom", fontsize=9)
    ax.set(xlim=(-1, 2 * len(stages) - 1), ylim=(-3.3, 2.8))
    ax.axis("off")
    return figure


def _draw_stage(ax: Axes, x: float, shape: tuple[int, ...], tallest: int) -> None:
    from matplotlib.patches import Rectangle

    if len(shape) == 1:
        ax.add_patch(Rectangle((x - 0.1, -1.2), 0.2, 2.4, facecolor=VECTORS, edgecolor="black"))
        return
    height = 3.0 * (shape[0] / tallest) ** 0.5
    sheets = min(shape[2], 6)
    for sheet in range(sheets):
        shift = 0.06 * (sheet - (sheets - 1) / 2)
        corner = (x - WIDTH * height / 2 + shift, -height / 2 - shift)
        ax.add_patch(Rectangle(corner, WIDTH * height, height, facecolor=MAPS, edgecolor="black", linewidth=0.7))

"""Figures of lesson 09: windows on grids of numbers, pictures with a sign, and the stages of a network."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from .blank import blank_figure
from .words import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Okabe and Ito's colours, light enough to read black numbers on.
MARKED, PLAIN = "#E69F00", "#DCEFFA"
MAPS, VECTORS = "#56B4E9", "#E69F00"
SIDE = 1.4  # of the largest map, where two stages stand 2 apart


def draw_grids(
    grids: Mapping[str, Any],
    marked: Mapping[str, tuple[slice, slice]] | None = None,
    between: Sequence[str] = (),
    columns: int = 4,
) -> Figure:
    """Matrices of numbers side by side, parts of them in another colour with a thick frame.

    grids: title -> matrix
    marked: title -> (rows, columns) of the part to mark
    between: signs after the matrices, such as "*" and "="
    columns: how many stand in one row
    """
    figure = blank_figure(1, 1)
    ax = figure.subplots()
    tallest = max(np.shape(matrix)[0] for matrix in grids.values())
    left = widest = row = 0.0
    for number, (title, matrix) in enumerate(grids.items()):
        if number and number % columns == 0:
            left, row = 0.0, row + tallest + 1.3
        entries = np.asarray(matrix)
        top = row + (tallest - entries.shape[0]) / 2
        _draw_grid(ax, entries, left, top, (marked or {}).get(title))
        ax.text(left + entries.shape[1] / 2, top - 0.25, say(title), ha="center", va="bottom", fontsize=10)
        left += entries.shape[1] + 1.4
        widest = max(widest, left)
        if number < len(between):
            ax.text(left - 0.7, row + tallest / 2, between[number], ha="center", va="center", fontsize=16)
    ax.set(xlim=(-0.1, widest - 1.3), ylim=(row + tallest + 0.1, -1.0), aspect="equal")
    ax.axis("off")
    figure.set_size_inches(0.46 * (widest - 1.2), 0.46 * (row + tallest + 1.1))
    return figure


def draw_confusion(counts: Any, names: Sequence[str]) -> Figure:
    """How often each class was taken for each other one: a row for each true class, the diagonal in another colour.

    counts: (C, C), whole numbers; counts[k, j]: examples of class k for which the answer was j   names: of the classes
    """
    table = np.asarray(counts)
    figure = blank_figure(0.46 * len(names) + 1.6, 0.46 * len(names) + 1.3)
    ax = figure.subplots()
    # Mistakes are few: their shade grows with the root, so that one is seen beside ten.
    shades = np.sqrt(np.where(np.eye(len(names), dtype=bool), 0, table))
    ax.imshow(shades, cmap="Oranges", vmin=0, vmax=1.6 * max(float(shades.max()), 1.0))
    for (row, column), count in np.ndenumerate(table):
        if row == column:
            ax.text(column, row, f"{count}", ha="center", va="center", fontsize=10, weight="bold", color="#0072B2")
        elif count:
            ax.text(column, row, f"{count}", ha="center", va="center", fontsize=10)
    places = range(len(names))
    ax.set(xlabel=say("answer of the network"), ylabel=say("true class"))
    ax.set_xticks(places, names)
    ax.set_yticks(places, names)
    ax.spines[:].set_color("0.8")
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
    figure = blank_figure(size * columns + 0.9, (size + 0.25) * rows)
    axes = figure.subplots(rows, columns, squeeze=False).ravel()
    for ax, matrix in zip(axes, matrices, strict=False):
        image = ax.imshow(matrix, cmap="PuOr", vmin=-limit, vmax=limit)
        ax.set(xticks=[], yticks=[])
        ax.spines[:].set_color("0.8")
    for ax in axes[len(matrices) :]:
        ax.axis("off")
    for ax, title in zip(axes, titles, strict=False):
        ax.set_title(say(title), fontsize=9)
    figure.colorbar(image, ax=list(axes), shrink=0.9)
    return figure


def draw_stages(stages: Sequence[tuple[str, tuple[int, ...], int]]) -> Figure:
    """A network as a row of boxes: what comes out of each stage, what the stage does, and what it has to learn.

    stages: (what is done, shape of one example after it: (H, W, C) or (n,), number of its parameters); the first one
    is the input
    """
    ends = 2 * len(stages) - 0.9
    figure = blank_figure(0.62 * (ends + 1.1), 0.62 * 5.1)
    ax = figure.subplots()
    tallest = stages[0][1][0]
    for place, (name, shape, parameters) in enumerate(stages):
        x = 2 * place
        _draw_stage(ax, x, shape, tallest)
        ax.text(x, -1.25, " × ".join(map(str, shape)), ha="center", va="top", fontsize=9, weight="bold")
        if place:
            start = x - 2 + _half(stages[place - 1][1], tallest)
            end = x - _half(shape, tallest)
            ax.annotate("", xy=(end, 0), xytext=(start, 0), arrowprops={"arrowstyle": "->"})
            learnt = say("{parameters:,}\nparameters") if parameters else say("nothing\nto learn")
            ax.text(x, -1.75, learnt.format(parameters=parameters), ha="center", va="top", fontsize=8)
        ax.text(x, 1.3, say(name), ha="center", va="bottom", fontsize=9)
    ax.set(xlim=(-1.1, ends), ylim=(-2.7, 2.4), aspect="equal")
    ax.axis("off")
    return figure


def _half(shape: tuple[int, ...], tallest: int) -> float:
    """Half the width of what is drawn for a stage. The side of a map grows with the root of its number of rows."""
    return 0.1 if len(shape) == 1 else SIDE * (shape[0] / tallest) ** 0.5 / 2 + 0.18


def _draw_stage(ax: Axes, x: float, shape: tuple[int, ...], tallest: int) -> None:
    from matplotlib.patches import Rectangle

    if len(shape) == 1:
        ax.add_patch(Rectangle((x - 0.1, -0.9), 0.2, 1.8, facecolor=VECTORS, edgecolor="black"))
        return
    height = SIDE * (shape[0] / tallest) ** 0.5
    width = height * shape[1] / shape[0]
    sheets = min(shape[2], 6)
    for sheet in range(sheets):
        shift = 0.05 * (sheet - (sheets - 1) / 2)
        corner = (x - width / 2 + shift, -height / 2 - shift)
        ax.add_patch(Rectangle(corner, width, height, facecolor=MAPS, edgecolor="black", linewidth=0.7))

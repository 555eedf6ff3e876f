"""Diagrams of attention, for `nnlab.show`: tables of weights, the cut into heads, the block with its two branches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from .blank import blank_figure
from .figures import LIGHT
from .words import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def draw_attention(tables: Mapping[str, Any], labels: Sequence[Any], numbers: bool = True) -> Figure:
    """Attention weights as tables side by side, dark where a weight is large.

    tables: title -> (T, T), rows look at columns   labels: a word for each row and column
    numbers: whether each weight is written into its box
    """
    size = (0.52 if numbers else 0.21) * len(labels)
    figure = blank_figure((size + 1.1) * len(tables), size + 1.2)
    axes = figure.subplots(1, len(tables), squeeze=False)[0]
    for ax, (title, table) in zip(axes, tables.items(), strict=True):
        ax.imshow(table, cmap="Blues", vmin=0, vmax=1)
        ax.set_title(title, fontsize=10)
        ax.set_xticks(range(len(labels)), labels, rotation=45 if numbers else 0, fontsize=9 if numbers else 7)
        ax.set_yticks(range(len(labels)), labels, fontsize=9 if numbers else 7)
        if numbers:
            _write_weights(ax, np.asarray(table))
    return figure


def _write_weights(ax: Axes, table: np.ndarray) -> None:
    for (row, column), weight in np.ndenumerate(table):
        colour = "white" if weight > 0.5 else "black"
        ax.text(column, row, f"{weight:.2f}", ha="center", va="center", fontsize=8, color=colour)


def draw_heads(words: int, features: int, heads: int) -> Figure:
    """The features of some words as a table, and the same cut into heads."""
    figure = blank_figure(1, 1)
    ax = figure.subplots()
    width = features // heads
    for block in range(heads):
        _draw_columns(ax, block * width, 0, words, width, LIGHT[block % len(LIGHT)])
        left = block * (width + 1.5) - 0.75 * (heads - 1)
        _draw_columns(ax, left, words + 2.2, words, width, LIGHT[block % len(LIGHT)])
        ax.text(
            left + width / 2, words + 1.9, say("head {head}").format(head=block), ha="center", va="bottom", fontsize=10
        )
        middle = (block + 0.5) * width
        ax.annotate(
            "", xy=(left + width / 2, words + 1.3), xytext=(middle, words + 0.15), arrowprops={"arrowstyle": "-|>"}
        )
    said = say("{features} features of {words} words").format(features=features, words=words)
    ax.text(features / 2, -0.25, said, ha="center", va="bottom", fontsize=10)
    edge = 0.75 * (heads - 1) + 0.2
    ax.set(xlim=(-edge, features + edge), ylim=(2 * words + 2.4, -1.0), aspect="equal")
    ax.axis("off")
    figure.set_size_inches(0.36 * (features + 2 * edge), 0.36 * (2 * words + 3.4))
    return figure


def _draw_columns(ax: Axes, left: float, top: float, rows: int, columns: int, colour: str) -> None:
    from matplotlib.patches import Rectangle

    for row in range(rows):
        for column in range(columns):
            ax.add_patch(Rectangle((left + column, top + row), 1, 1, facecolor=colour, edgecolor="white", linewidth=2))


# What stands on each branch of a block, from left to right.
_BRANCHES = (("norm 1", "Q, K, V", "attention\nby heads", "$W_o$"), ("norm 2", "$W_1$", "relu", "$W_2$"))
_STEP = 1.15


def draw_block() -> Figure:
    """A transformer block: a straight line from X to Y, and two branches that leave it and come back at a plus."""
    figure = blank_figure(11.2, 2.3)
    ax = figure.subplots()
    length = _STEP * 5
    for number, (name, branch) in enumerate(zip(("X", "U"), _BRANCHES, strict=True)):
        left = number * (length + 0.5)
        ax.text(left, 0, f"${name}$", fontsize=14, ha="center", va="center")
        _draw_arrow(ax, (left + 0.25, 0), (left + length - 0.23, 0))
        _draw_branch(ax, left, branch)
        _draw_plus(ax, left + length)
        _draw_arrow(ax, (left + length + 0.2, 0), (left + length + 0.34, 0), head=False)
    ax.text(2 * length + 1.0, 0, "$Y$", fontsize=14, ha="center", va="center")
    ax.text(length / 2, 0.14, say("unchanged"), fontsize=9, ha="center", va="bottom", color="0.3")
    ax.text(length * 1.5 + 0.5, 0.14, say("unchanged"), fontsize=9, ha="center", va="bottom", color="0.3")
    ax.set(xlim=(-0.4, 2 * length + 1.4), ylim=(-1.55, 0.5), aspect="equal")
    ax.axis("off")
    return figure


def _draw_branch(ax: Axes, left: float, parts: Sequence[str]) -> None:
    """Down from the line, through the parts, and up to the plus at its end."""
    down, end = -1.1, left + _STEP * (len(parts) + 1)
    ax.plot([left, left], [-0.22, down], color="black", linewidth=1.4)
    for place, part in enumerate(parts):
        x = left + _STEP * (place + 1)
        _draw_arrow(ax, (left if place == 0 else x - _STEP + 0.45, down), (x - 0.45, down))
        box = {"boxstyle": "round,pad=0.35", "facecolor": LIGHT[1 + place % 2], "edgecolor": "black"}
        ax.text(x, down, say(part), fontsize=9, ha="center", va="center", bbox=box, zorder=3)
    ax.plot([end - _STEP + 0.45, end], [down, down], color="black", linewidth=1.4)
    _draw_arrow(ax, (end, down), (end, -0.21))


def _draw_plus(ax: Axes, x: float) -> None:
    from matplotlib.patches import Circle

    ax.add_patch(Circle((x, 0), 0.2, facecolor="white", edgecolor="black", linewidth=1.4, zorder=3))
    ax.text(x, 0, "+", fontsize=14, ha="center", va="center", zorder=4)


def _draw_arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float], head: bool = True) -> None:
    style = {"arrowstyle": "-|>" if head else "-", "linewidth": 1.4, "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", xy=end, xytext=start, arrowprops=style)

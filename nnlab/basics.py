"""Figures of lesson 01: bars, broadcasting, and functions beside their derivatives, for `nnlab.show`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from .blank import blank_figure
from .words import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Colours and textures: bars of different groups differ in both.
COLOURS = ("#D55E00", "#0072B2", "#009E73", "#CC79A7")
TEXTURES = ("//", "", "..", "xx")
STATED, REPEATED, RESULT = "#56B4E9", "#DCEFFA", "#E69F00"


def draw_bars(
    groups: Mapping[str, Mapping[str, float]],
    y_label: str = "",
    log: bool = False,
    text: Callable[[float], str] = "{:.2g}".format,
) -> Figure:
    """Bars side by side, each with its number above it.

    groups: name of a group -> {place on the axis: height}; every group has the same places
    log: whether each step of the axis multiplies by ten
    text: height -> what stands above the bar
    """
    places = list(next(iter(groups.values())))
    figure = blank_figure(1.2 + 1.5 * len(places), 3.3)
    ax = figure.subplots()
    width = 0.8 / len(groups)
    for number, (name, heights) in enumerate(groups.items()):
        positions = np.arange(len(places)) + (number - (len(groups) - 1) / 2) * width
        colour, texture = COLOURS[number % len(COLOURS)], TEXTURES[number % len(TEXTURES)]
        bars = ax.bar(
            positions,
            [heights[p] for p in places],
            0.92 * width,
            color=colour,
            hatch=texture,
            ec="white",
            label=say(name),
        )
        ax.bar_label(bars, [text(heights[p]) for p in places], fontsize=8, padding=2)
    if log:
        ax.set_yscale("log")
    ax.margins(y=0.15)
    ax.set_xticks(range(len(places)), map(say, places))
    ax.set_ylabel(y_label)
    ax.spines[["top", "right"]].set_visible(False)
    if len(groups) > 1:
        # Beside the bars: above them it would lie on their numbers.
        ax.legend(frameon=False, loc="center left", bbox_to_anchor=(1.0, 0.5))
    return figure


def draw_broadcast(examples: Mapping[str, tuple[Any, Any]]) -> Figure:
    """Sums of two arrays of different shapes: what is repeated is pale, and the result stands on the right.

    examples: title -> (a, b) with shapes that broadcast
    """
    figure = blank_figure(7.4, 1.75 * len(examples))
    for ax, (title, (a, b)) in zip(
        figure.subplots(len(examples), 1, squeeze=False)[:, 0], examples.items(), strict=True
    ):
        _draw_sum(ax, np.atleast_2d(a), np.atleast_2d(b))
        ax.set_title(title, fontsize=10, loc="left")
    return figure


def _draw_sum(ax: Axes, a: np.ndarray, b: np.ndarray) -> None:
    total = a + b
    rows, columns = total.shape
    left = 0
    for array, sign in ((a, "+"), (b, "="), (total, "")):
        colour = RESULT if array is total else STATED
        for row, column in np.ndindex(total.shape):
            given = row < array.shape[0] and column < array.shape[1]
            entry = np.broadcast_to(array, total.shape)[row, column]
            _draw_entry(ax, left + column, row, entry, colour if given else REPEATED, given)
        ax.text(left + columns + 0.5, rows / 2, sign, ha="center", va="center", fontsize=14)
        ax.text(left + columns / 2, rows + 0.15, f"{array.shape}", ha="center", va="top", fontsize=9)
        left += columns + 1
    ax.set(xlim=(-0.1, left), ylim=(rows + 0.6, -0.1), aspect="equal", anchor="W")
    ax.axis("off")


def _draw_entry(ax: Axes, x: float, y: float, entry: Any, colour: str, given: bool) -> None:
    from matplotlib.patches import Rectangle

    stroke = "-" if given else ":"
    ax.add_patch(Rectangle((x, y), 1, 1, facecolor=colour, edgecolor="0.35", linewidth=0.8, linestyle=stroke))
    ax.text(x + 0.5, y + 0.5, f"{entry}", ha="center", va="center", fontsize=10, color="black" if given else "0.35")


def draw_functions(panels: Mapping[str, tuple[Any, Any]], x: Any) -> Figure:
    """Functions side by side, each with its derivative below it.

    panels: title -> (values, derivatives), one of each for every entry of x
    x: (n,)
    """
    figure = blank_figure(2.3 * len(panels), 3.9)
    grid = figure.subplots(2, len(panels), sharex=True, sharey="row", squeeze=False)
    for (above, below), (title, (values, derivatives)) in zip(grid.T, panels.items(), strict=True):
        above.plot(x, values, color=COLOURS[1], linewidth=2)
        below.plot(x, derivatives, "--", color=COLOURS[0], linewidth=2)
        above.set_title(title, fontsize=10)
        below.set_xlabel("x")
        for ax in (above, below):
            ax.axhline(0, color="0.8", linewidth=0.8, zorder=0)
            ax.axvline(0, color="0.8", linewidth=0.8, zorder=0)
            ax.spines[["top", "right"]].set_visible(False)
    grid[0, 0].set_ylabel(say("function"))
    grid[1, 0].set_ylabel(say("derivative"))
    return figure


def draw_gates(panels: Mapping[str, tuple[Callable[[Any], Any] | None, Any]]) -> Figure:
    """The four corners of the unit square with the answer wanted at each, and the answers given everywhere else.

    panels: title -> (answer, wanted); answer takes places (2, n) and returns (1, n), positive or not, or is None;
        wanted holds 1 or -1 for the corners (0, 0), (0, 1), (1, 0), (1, 1)
    """
    figure = blank_figure(2.7 * len(panels), 3.1)
    axis = np.linspace(-0.4, 1.4, 181)
    places = np.vstack([grid.ravel() for grid in np.meshgrid(axis, axis)])
    for ax, (title, (answer, wanted)) in zip(
        figure.subplots(1, len(panels), squeeze=False)[0], panels.items(), strict=True
    ):
        if answer:
            positive = (np.asarray(answer(places)) > 0).reshape(axis.size, axis.size)
            ax.contourf(axis, axis, positive, levels=[-0.5, 0.5, 1.5], colors=["#DCEFFA", "#FBDCC4"])
            ax.contour(axis, axis, positive, levels=[0.5], colors="black", linewidths=1)
        for x, y, sign in zip((0, 0, 1, 1), (0, 1, 0, 1), np.ravel(wanted), strict=True):
            _draw_corner(ax, x, y, int(sign))
        ax.set(xticks=[0, 1], yticks=[0, 1], xlabel="$x_1$", aspect="equal", xlim=(-0.4, 1.4), ylim=(-0.4, 1.4))
        ax.set_ylabel("$x_2$", rotation=0)
        ax.set_title(title, fontsize=10)
    return figure


def _draw_corner(ax: Axes, x: float, y: float, sign: int) -> None:
    marker, colour = ("s", COLOURS[0]) if sign > 0 else ("o", COLOURS[1])
    ax.plot([x], [y], marker, markersize=19, color=colour, markeredgecolor="white")
    ax.text(x, y, f"{sign}", color="white", ha="center", va="center", fontsize=10, weight="bold")

"""Figures of lesson 07: two valleys, units that drop out, and where to stop, for `nnlab.show`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from .blank import blank_figure
from .words import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Okabe and Ito's colours; lines and points differ in stroke and shape as well.
TRAINING, DEV, AT_WORK = "#0072B2", "#D55E00", "#56B4E9"


def draw_valleys(panels: Mapping[str, tuple[Callable[[Any, Any], Any], Sequence[Sequence[float]]]]) -> Figure:
    """Landscapes seen from above, as lines of equal height, each with a walk down.

    panels: title -> (height, path); height takes two arrays w_1 and w_2, path is a list of places [w_1, w_2]
    """
    figure = blank_figure(3.3 * len(panels), 3.3)
    axes = figure.subplots(1, len(panels), sharex=True, sharey=True, squeeze=False)[0]
    across = np.linspace(-5, 5, 200)
    for ax, (title, (height, path)) in zip(axes, panels.items(), strict=True):
        values = height(*np.meshgrid(across, across))
        ax.contour(across, across, values, levels=np.linspace(0.3, values.max(), 12), colors="0.6", linewidths=0.9)
        walked = np.asarray(path, dtype=float)
        ax.plot(*walked.T, "o-", color=DEV, linewidth=1.2, markersize=3.5)
        ax.plot(*walked[0], "s", color=TRAINING, markersize=8, label=say("start"))
        ax.plot(0, 0, "*", color="black", markersize=11, label=say("lowest place"))
        ax.set(xlim=(-5, 5), ylim=(-5, 5), aspect="equal", xlabel="$w_1$")
        ax.set_title(title, fontsize=10)
    axes[0].set_ylabel("$w_2$")
    axes[0].legend(loc="lower left", fontsize=8, framealpha=0.9)
    return figure


def draw_dropout(masks: Mapping[str, Sequence[Sequence[int]]], inputs: int = 2) -> Figure:
    """A small network once for each entry; units whose mask is 0 are crossed out and have no connections.

    masks: title -> one list of 0 and 1 for each hidden layer
    inputs: number of inputs, which never drop out; one output follows the last layer
    """
    figure = blank_figure(2.9 * len(masks), 3.1)
    for ax, (title, hidden) in zip(figure.subplots(1, len(masks), squeeze=False)[0], masks.items(), strict=True):
        _draw_network(ax, [[1] * inputs, *hidden, [1]])
        ax.set_title(title, fontsize=10)
        ax.set(xlim=(-0.5, len(hidden) + 1.5), ylim=(-2.9, 2.9))
        ax.axis("off")
    return figure


def _draw_network(ax: Axes, layers: Sequence[Sequence[int]]) -> None:
    places = [[(x, (len(units) - 1) / 2 - i) for i in range(len(units))] for x, units in enumerate(layers)]
    for x in range(len(layers) - 1):
        for start, here in zip(places[x], layers[x], strict=True):
            for end, there in zip(places[x + 1], layers[x + 1], strict=True):
                if here and there:
                    ax.plot(*zip(start, end, strict=True), color="0.55", linewidth=1, zorder=1)
    for units, row in zip(layers, places, strict=True):
        for kept, (x, y) in zip(units, row, strict=True):
            ax.scatter(x, y, s=230, c=AT_WORK if kept else "white", edgecolors="black" if kept else "0.6", zorder=2)
            if not kept:
                ax.scatter(x, y, s=90, c="black", marker="x", zorder=3)


def draw_stopping(x: Sequence[float], training: Sequence[float], dev: Sequence[float], best: int) -> Figure:
    """The costs on the training part and on the dev part, with a mark at the best dev cost.

    x: iterations   training, dev: one cost for each entry of x   best: index of the best dev cost
    """
    figure = blank_figure(6.2, 3.4)
    ax = figure.subplots()
    ax.plot(x, training, "--", color=TRAINING, linewidth=2, label=say("training"))
    ax.plot(x, dev, "-", color=DEV, linewidth=2, label=say("dev"))
    ax.axvline(x[best], color="0.4", linewidth=1, linestyle=":")
    ax.plot(x[best], dev[best], "o", color="black", markersize=7, label=say("best dev cost: keep these parameters"))
    ax.set(xlabel=say("iteration"), ylabel=say("cost"), ylim=(0, None))
    ax.legend(frameon=False)
    ax.grid(alpha=0.3)
    ax.spines[["top", "right"]].set_visible(False)
    return figure


def draw_curve_pairs(panels: Mapping[str, tuple[Sequence[float], Sequence[float], Sequence[float]]]) -> Figure:
    """Training curve and dev curve side by side for several runs, all on one scale.

    panels: title -> (x, training costs, dev costs)
    """
    figure = blank_figure(2.6 * len(panels), 2.7)
    axes = figure.subplots(1, len(panels), sharey=True, squeeze=False)[0]
    for ax, (title, (x, training, dev)) in zip(axes, panels.items(), strict=True):
        ax.plot(x, training, "--", color=TRAINING, linewidth=1.8, label=say("training"))
        ax.plot(x, dev, "-", color=DEV, linewidth=1.8, label=say("dev"))
        ax.set_title(title, fontsize=10)
        ax.set(xlabel=say("iteration"))
        ax.tick_params(labelsize=8)
        ax.grid(alpha=0.3)
        ax.spines[["top", "right"]].set_visible(False)
    axes[0].set(ylabel=say("cost"), ylim=(0, None))
    axes[0].legend(frameon=False, fontsize=9)
    return figure

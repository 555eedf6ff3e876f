"""Figures of what happens layer by layer, for `nnlab.show`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from .blank import blank_figure
from .words import say

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Okabe and Ito's colours; strokes and marks differ too, for readers who see or print in grey.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000")
STYLES = ("o-", "s--", "^-.", "D:", "x-")


def draw_layer_histograms(
    rows: Mapping[str, Mapping[int, Any]], low: float = -1.0, high: float = 1.0, bins: int = 40
) -> Figure:
    """One row of histograms for each entry, one column for each layer, all over the same range.

    rows: title -> {number of the layer: its values, any shape}
    """
    count = max(len(layers) for layers in rows.values())
    figure = blank_figure(2.0 * count, 1.7 * len(rows))
    grid = figure.subplots(len(rows), count, squeeze=False)
    for row, (title, layers) in enumerate(rows.items()):
        for ax, (layer, values) in zip(grid[row], layers.items(), strict=False):
            inside = np.clip(np.ravel(values), low, high)
            weights = np.full(inside.size, 100 / inside.size)
            ax.hist(inside, bins=bins, range=(low, high), weights=weights, color=COLOURS[row % len(COLOURS)])
            ax.set(yticks=[], xlim=(low - 0.05 * (high - low), high + 0.05 * (high - low)))
            ax.tick_params(labelsize=7)
            ax.spines[["top", "right", "left"]].set_visible(False)
            ax.set_title(say("layer {layer}").format(layer=layer), fontsize=8)
        grid[row, 0].set_ylabel(title, fontsize=9)
    return figure


def draw_by_layer(panels: Mapping[str, Mapping[str, Sequence[float]]], y_label: str = "", first: int = 1) -> Figure:
    """Curves over the layers, side by side; each step of the vertical axis multiplies.

    panels: title -> {name of the curve: a positive value for each layer}
    first: number of the first layer
    """
    from matplotlib.ticker import MaxNLocator

    figure = blank_figure(4.1 * len(panels) + 1.4, 3.6)
    axes = figure.subplots(1, len(panels), squeeze=False, sharey=True)[0]
    for ax, (title, lines) in zip(axes, panels.items(), strict=True):
        for number, (name, values) in enumerate(lines.items()):
            layers = np.arange(first, first + len(values))
            style, colour = STYLES[number % len(STYLES)], COLOURS[number % len(COLOURS)]
            ax.plot(layers, values, style, color=colour, label=say(name), linewidth=1.5, markersize=4)
        ax.set(yscale="log", xlabel=say("layer"))
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
        ax.set_title(title, fontsize=10)
        ax.grid(alpha=0.3)
        ax.spines[["top", "right"]].set_visible(False)
    axes[0].set_ylabel(y_label)
    handles, names = axes[0].get_legend_handles_labels()
    figure.legend(handles, names, loc="outside right center", frameon=False, fontsize=9)
    return figure

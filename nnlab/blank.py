"""An empty figure, and axes with two spines: what every drawing of a lesson begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .fonts import read_every_letter

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def blank_figure(width: float, height: float) -> Figure:
    """A figure of this size in inches. Not pyplot's: that would keep it and choose a backend."""
    from matplotlib.figure import Figure

    read_every_letter()
    return Figure(figsize=(width, height), layout="constrained")


def hide_frame(ax: Axes) -> None:
    """Leave the left and the lower spine alone."""
    ax.spines[["top", "right"]].set_visible(False)

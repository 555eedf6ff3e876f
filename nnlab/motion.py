"""Walks on a surface, drawn and in motion: for `nnlab.show` and `nnlab.play`."""

from __future__ import annotations

import base64
import html
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from nnlab.display import put
from nnlab.figures import COLOURS, STROKES

from .blank import blank_figure
from .words import say

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# A function of two numbers (each an array) -> its height there; a range of one axis; (n + 1, 2): the places of a walk.
Surface = Callable[[Any, Any], Any]
Range = tuple[float, float]

LEVELS = 10
SECONDS = 5.0
WIDE = 9.0  # of a figure, in inches
WIDTH, HEIGHT, LEGEND = 640, 394, 30
# Strokes of the moving lines, as SVG writes them: readers who see or print in grey tell the lines apart by them.
DASHES = ("", "8 4", "8 3 2 3", "2 3")


def _heights(f: Surface, x: Range, y: Range) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Places along both axes, the heights there, and the heights of the contour lines: close together where it is low."""
    xs, ys = np.linspace(*x, 160), np.linspace(*y, 120)
    z = np.asarray(f(*np.meshgrid(xs, ys)), dtype=float)
    levels = z.min() + (z.max() - z.min()) * np.linspace(0.05, 1, LEVELS, endpoint=False) ** 2
    return xs, ys, z, levels


def draw_paths(
    f: Surface, paths: Mapping[str, Any], x: Range, y: Range, labels: tuple[str, str] = ("w", "b")
) -> Figure:
    """The contour lines of a surface once for each walk, with the walk's places on it; a star marks the lowest place.

    f: heights at two arrays of coordinates   paths: title -> (n + 1, 2), start first   x, y: the range of each axis
    labels: under the horizontal axis and beside the vertical one
    """
    columns = 3 if len(paths) % 3 == 0 else min(2, len(paths))
    rows = -(-len(paths) // columns)
    # One unit is as long on both axes: a step that is as long in both directions is seen to be so.
    height = (WIDE / columns - 0.6) * (y[1] - y[0]) / (x[1] - x[0])
    figure = blank_figure(WIDE, (height + 0.8) * rows)
    axes = figure.subplots(rows, columns, squeeze=False, sharex=True, sharey=True).ravel()
    xs, ys, z, levels = _heights(f, x, y)
    row, column = np.unravel_index(z.argmin(), z.shape)
    for number, (ax, (title, path)) in enumerate(zip(axes, paths.items(), strict=False)):
        colour = COLOURS[number % len(COLOURS)]
        ax.contour(xs, ys, z, levels=levels, colors="0.75", linewidths=0.8)
        ax.plot(*np.asarray(path).T, "-o", color=colour, linewidth=1.2, markersize=2.8)
        ax.plot(*np.asarray(path)[0], "s", color=colour, markersize=8)
        ax.plot(xs[column], ys[row], "*", color="black", markersize=11)
        ax.set(xlim=x, ylim=y, aspect="equal", xlabel=labels[0])
        ax.set_ylabel(labels[1], rotation=0)
        ax.tick_params(labelbottom=True, labelleft=True, labelsize=8)
        ax.set_title(say(title), fontsize=10)
    for ax in axes[len(paths) :]:
        ax.axis("off")
    return figure


def animate_paths(f: Surface, paths: Mapping[str, Any], x: Range, y: Range) -> str:
    """All walks on one surface, in motion, as the text of an SVG picture of a few kilobytes.

    It lasts five seconds, runs once and stops at the end, so that nothing goes on moving beside a text.
    f, paths, x, y: as for `draw_paths`; the walks may differ in length
    """
    steps = max(len(path) for path in paths.values())
    body = [_contours(f, x, y)]
    for number, (name, path) in enumerate(paths.items()):
        body.append(_walk(_places(path, x, y), steps, number))
        left = 20 + number * (WIDTH - 20) // len(paths)
        body.append(_line(np.array([[left, HEIGHT + 18], [left + 34, HEIGHT + 18]]), number))
        body.append(f'<text x="{left + 40}" y="{HEIGHT + 22}">{html.escape(say(name))}</text>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT + LEGEND}" font-family="sans-serif" '
        f'font-size="13"><rect width="100%" height="100%" fill="white"/>{"".join(body)}</svg>'
    )


def _places(path: Any, x: Range, y: Range) -> np.ndarray:
    """A walk in pixels of the picture."""
    low, high = np.array([x[0], y[0]]), np.array([x[1], y[1]])
    share = (np.asarray(path, dtype=float) - low) / (high - low)
    return np.column_stack([share[:, 0] * WIDTH, (1 - share[:, 1]) * HEIGHT]).round(1)


def _contours(f: Surface, x: Range, y: Range) -> str:
    from contourpy import contour_generator

    xs, ys, z, levels = _heights(f, x, y)
    generator: Any = contour_generator(xs, ys, z)
    lines = [line for level in levels for line in generator.lines(level)]
    # Every fourth point: the eye sees no difference, and the picture is four times smaller.
    drawn = "".join(_polyline(_places(np.vstack([line[::4], line[-1:]]), x, y)) for line in lines)
    row, column = np.unravel_index(z.argmin(), z.shape)
    ((left, top),) = _places([[xs[column], ys[row]]], x, y)
    star = f'<text x="{left:g}" y="{top + 6:g}" font-size="18" text-anchor="middle">★</text>'
    return f'<g fill="none" stroke="#bbb">{drawn}</g>{star}'


def _polyline(points: np.ndarray, extra: str = "") -> str:
    return f'<polyline points="{" ".join(f"{a:g},{b:g}" for a, b in points)}"{extra}/>'


def _line(points: np.ndarray, number: int) -> str:
    colour, dash = COLOURS[number % len(COLOURS)], DASHES[number % len(STROKES)]
    return _polyline(points, f' fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"')


def _walk(points: np.ndarray, steps: int, number: int) -> str:
    """The whole path, pale, and a dot that walks on it; a shorter walk waits at its end."""
    held = np.vstack([points, np.repeat(points[-1:], steps - len(points), axis=0)])
    moves = "".join(
        f'<animate attributeName="{name}" dur="{SECONDS:g}s" fill="freeze" values="{";".join(f"{v:g}" for v in values)}"/>'
        for name, values in zip(("cx", "cy"), held.T, strict=True)
    )
    end = f'cx="{held[-1, 0]:g}" cy="{held[-1, 1]:g}"'
    dot = f'<circle {end} r="6" fill="{COLOURS[number % len(COLOURS)]}" stroke="white">{moves}</circle>'
    return f'<g opacity="0.45">{_line(points, number)}</g>{dot}'


def play(animation: str, alt: str, caption: str = "") -> None:
    """Displays an animation in the notebook; returns nothing.

    animation: the text of an SVG picture   alt: what there is to see, in words   caption: a line under it
    """
    data = base64.b64encode(animation.encode()).decode("ascii")
    below = f"<figcaption>{html.escape(caption)}</figcaption>" if caption else ""
    image = f'<img src="data:image/svg+xml;base64,{data}" alt="{html.escape(alt)}" style="width: {WIDTH}px; max-width: 100%;">'
    shown = f'<figure style="margin: 0.5em 0;">{image}{below}</figure>'
    put(say("[animation] {alt}").format(alt=alt), lambda: shown)


def draw_weights_of_average(betas: Sequence[float], count: int = 30) -> Figure:
    """How much each of the last values counts in an exponentially weighted average, one row of bars for each beta."""
    figure = blank_figure(6.4, 1.5 * len(betas))
    axes = figure.subplots(len(betas), 1, squeeze=False, sharex=True)[:, 0]
    age = np.arange(count)
    for ax, beta, colour in zip(axes, betas, COLOURS, strict=False):
        ax.bar(age, (1 - beta) * beta**age, color=colour)
        title = say("β = {beta}: about {values:.0f} values").format(beta=beta, values=1 / (1 - beta))
        ax.set_title(title, fontsize=10)
        ax.set_ylabel(say("weight"))
        ax.spines[["top", "right"]].set_visible(False)
    axes[-1].set_xlabel(say("steps ago (0: the newest value)"))
    return figure


def draw_batches(m: int, size: int) -> Figure:
    """m examples in random order as a row of boxes, cut into mini-batches; the last one may be smaller."""
    from matplotlib.patches import Rectangle

    order = np.random.default_rng(3).permutation(m)
    figure = blank_figure(0.42 * (m + 3), 1.5)
    ax = figure.subplots()
    light = ("#56B4E9", "#E69F00", "#CC79A7", "#F0E442")
    for place, example in enumerate(order):
        left = place + 0.6 * (place // size)
        ax.add_patch(Rectangle((left, 0), 1, 1, facecolor=light[place // size % 4], edgecolor="white", linewidth=2))
        ax.text(left + 0.5, 0.5, str(example), ha="center", va="center", fontsize=10)
    for batch in range(-(-m // size)):
        ax.text(
            batch * (size + 0.6), 1.15, say("mini-batch {number}").format(number=batch + 1), fontsize=10, va="bottom"
        )
    ax.set(xlim=(0, m + 0.6 * ((m - 1) // size)), ylim=(0, 1.8), aspect="equal")
    ax.axis("off")
    return figure

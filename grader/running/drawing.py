"""Silent stand-ins for matplotlib and similar packages while grading: every call succeeds and draws nothing."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from .inert import Inert

# Packages that draw or display; nothing that an exercise returns comes from them.
DRAWING = frozenset(
    ["IPython", "altair", "bokeh", "ipywidgets", "matplotlib", "mpl_toolkits", "plotly", "pylab", "seaborn"]
)
# What `from matplotlib.pyplot import *` brings, as far as a model draws with it.
_STARRED = (
    *("annotate", "axhline", "axis", "axvline", "bar", "clf", "close", "colorbar", "contour", "contourf", "draw"),
    *("errorbar", "figure", "fill_between", "gca", "gcf", "grid", "hist", "imshow", "legend", "margins", "pause"),
    *("pcolormesh", "plot", "savefig", "scatter", "semilogx", "semilogy", "show", "subplot", "subplots", "suptitle"),
    *("text", "tight_layout", "title", "xlabel", "xlim", "xticks", "ylabel", "ylim", "yticks", "plt"),
)


class Silent(Inert):
    """A drawing module, or anything in one: it can be called, taken apart and written to.

    A number or an array it is not: as with anything that is not there, what computes with it raises Unavailable.
    """

    def __getattr__(self, name: str) -> Any:
        of_numpy = [one for one in np.__all__ if not one.startswith("_")] if self.__name__ == "pylab" else []
        if name == "__all__":
            return [*of_numpy, *_STARRED]
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        if name in of_numpy:
            return getattr(np, name)
        return _SPECIAL.get(name) or Silent(f"{self.__name__}.{name}")

    def __call__(self, *_arguments: Any, **_named: Any) -> Any:
        return Silent(f"{self.__name__}()")

    def __getitem__(self, _key: Any) -> Any:
        return Silent(f"{self.__name__}[]")

    def __setitem__(self, _key: Any, _value: Any) -> None: ...

    def __len__(self) -> int:
        return 0

    def __iter__(self) -> Any:
        return iter(())

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_error: object) -> None: ...


def _subplots(nrows: int = 1, ncols: int = 1, *_arguments: Any, squeeze: bool = True, **_named: Any) -> Any:
    """A figure and its axes, in an array where there are several."""
    axes = np.empty((nrows, ncols), dtype=object)
    for place in np.ndindex(axes.shape):
        axes[place] = Silent("axes")
    if squeeze:
        axes = axes.squeeze()
    return Silent("figure"), axes if axes.ndim else axes.item()


def _several(*names: str) -> Callable[..., Any]:
    return lambda *_arguments, **_named: tuple(map(Silent, names))


# What is taken apart at once, as in `line, = plt.plot(x)`.
_SPECIAL: dict[str, Callable[..., Any]] = {
    "subplots": _subplots,
    "plot": lambda *_arguments, **_named: [Silent("line")],
    "hist": _several("counts", "edges", "patches"),
}


@contextlib.contextmanager
def nothing_drawn() -> Iterator[None]:
    """In a notebook, where matplotlib is the real one: what a checked function draws is not shown and not kept."""
    pyplot: Any = sys.modules.get("matplotlib.pyplot")
    if pyplot is None or isinstance(pyplot, Silent):
        yield
        return
    before, show = set(pyplot.get_fignums()), pyplot.show
    pyplot.show = lambda *_arguments, **_named: None
    try:
        yield
    finally:
        pyplot.show = show
        for number in set(pyplot.get_fignums()) - before:
            pyplot.close(number)

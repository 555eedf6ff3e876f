"""Stand-ins for what is not there while grading: importing one works, using it raises with the reason, or does nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import ModuleType
from typing import Any, Self

import numpy as np

from ..words import _
from .exceptions import Unavailable

# Packages that draw, display or count: nothing that an exercise returns comes from them, so what they do is left out.
SILENT = frozenset(
    [
        *("IPython", "altair", "bokeh", "ipywidgets", "matplotlib", "mpl_toolkits", "plotly", "pylab", "seaborn"),
        "tqdm",
    ]
)
# What `from matplotlib.pyplot import *` brings, as far as a model draws with it.
_STARRED = (
    *("annotate", "axhline", "axis", "axvline", "bar", "clf", "close", "colorbar", "contour", "contourf", "draw"),
    *("errorbar", "figure", "fill_between", "gca", "gcf", "grid", "hist", "imshow", "legend", "margins", "pause"),
    *("pcolormesh", "plot", "savefig", "scatter", "semilogx", "semilogy", "show", "subplot", "subplots", "suptitle"),
    *("text", "tight_layout", "title", "xlabel", "xlim", "xticks", "ylabel", "ylim", "yticks", "plt"),
)


class Inert(ModuleType):
    """Stands for a module, or anything in one, that is not there: it can be imported and named.

    Using it raises Unavailable. A silent one can be called, taken apart and written to; a number or an array it is not.
    A progress bar is a silent one that hands out its `things`.
    """

    def __init__(self, name: str, silent: bool = False, things: Iterable[Any] = ()) -> None:
        super().__init__(name)
        self.__path__: list[str] = []
        self._silent, self._things = silent, things

    def __getattr__(self, name: str) -> Any:
        if self.__name__ == "pylab" and name in (of_numpy := [one for one in np.__all__ if one[0] != "_"]):
            return getattr(np, name)
        if name == "__all__" and self._silent:
            return [*(of_numpy if self.__name__ == "pylab" else ()), *_STARRED]
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return Inert(f"{self.__name__}.{name}", self._silent)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if not self._silent:
            raise self._unavailable()
        returned = _RETURNED.get(self.__name__.rpartition(".")[2])
        return returned(*args, **kwargs) if returned else Inert(f"{self.__name__}()", silent=True)

    def _unavailable(self) -> Unavailable:
        said = _("`{name}` is not available while grading; an instructor can provide a module with --helpers")
        return Unavailable(said.format(name=self.__name__))

    # As a base class it is nothing at all.
    def __mro_entries__(self, _bases: tuple[Any, ...]) -> tuple[type, ...]:
        return ()

    def __getitem__(self, _key: Any) -> Any:
        return self()

    def __setitem__(self, _key: Any, _value: Any) -> None:
        self()

    def __iter__(self) -> Iterator[Any]:
        self()
        return iter(self._things)

    def __len__(self) -> int:
        self()
        return len(self._things)  # type: ignore[arg-type]

    def __enter__(self) -> Self:
        self()
        return self

    def __exit__(self, *_error: object) -> None: ...


def _computes(self: Inert, *_args: Any, **_kwargs: Any) -> Any:
    raise self._unavailable()


# Imported data can be used without a call.
for _operation in (
    *("array", "float", "neg", "add", "radd", "sub", "rsub", "mul", "rmul", "truediv", "rtruediv"),
    *("matmul", "rmatmul", "pow", "lt", "le", "gt", "ge"),
):
    setattr(Inert, f"__{_operation}__", _computes)


def _subplots(nrows: int = 1, ncols: int = 1, *_args: Any, squeeze: bool = True, **_kwargs: Any) -> Any:
    """A figure and its axes, in an array where there are several."""
    axes = np.empty((nrows, ncols), dtype=object)
    for place in np.ndindex(axes.shape):
        axes[place] = Inert("axes", silent=True)
    if squeeze:
        axes = axes.squeeze()
    return Inert("figure", silent=True), axes if axes.ndim else axes.item()


def _several(*names: str) -> Callable[..., Any]:
    return lambda *_args, **_kwargs: [Inert(name, silent=True) for name in names]


# What is taken apart at once, as in `line, = plt.plot(x)`, or gone through.
_RETURNED: Mapping[str, Callable[..., Any]] = {
    "subplots": _subplots,
    "plot": _several("line"),
    "hist": _several("counts", "edges", "patches"),
    "tqdm": lambda things=(), *_args, **_kwargs: Inert("bar", silent=True, things=things),
    "trange": lambda *sizes, **_kwargs: Inert("bar", silent=True, things=range(*sizes)),
}

"""Keeps what a checked function draws out of the notebook."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from typing import Any

from .inert import Inert


@contextlib.contextmanager
def nothing_drawn() -> Iterator[None]:
    """In a notebook, where matplotlib is the real one: what a checked function draws is not shown and not kept."""
    pyplot: Any = sys.modules.get("matplotlib.pyplot")
    if pyplot is None or isinstance(pyplot, Inert):
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

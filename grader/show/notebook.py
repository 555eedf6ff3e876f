"""What a running notebook shows as a page or as markdown; where there is none, it is printed as plain text."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress

from ..words import for_stream


def display(text: str, html: Callable[[], str]) -> None:
    """HTML where a notebook can show it, and it can be made; else plain text."""
    _show(text, "text/html", html)


def tell(markdown: str, plain: str = "") -> None:
    """Show Markdown where a notebook can, else plain text: `plain`, or the Markdown itself."""
    _show(plain or markdown, "text/markdown", lambda: markdown)


def _show(plain: str, kind: str, rich: Callable[[], str]) -> None:
    if not _shown_in_notebook(plain, kind, rich):
        # Where nothing can be printed either, as in a closed stream, the points are still there.
        with suppress(Exception):
            print(for_stream(plain, sys.stdout))


def _shown_in_notebook(plain: str, kind: str, rich: Callable[[], str]) -> bool:
    """Whether a notebook took it; a broken or half installed IPython takes nothing, and without templates there is none."""
    ipython = sys.modules.get("IPython")
    try:
        if ipython is None or ipython.get_ipython() is None:
            return False
        ipython.display.display({"text/plain": plain, kind: rich()}, raw=True)
    except Exception:
        return False
    return True

"""What a running notebook shows as a page or as markdown; where there is none, it is printed as plain text."""

from __future__ import annotations

import sys

from ..words import for_stream


def display(text: str, html: str) -> None:
    """HTML where a notebook can show it, else plain text."""
    _show(text, "text/html", html)


def tell(markdown: str, plain: str = "") -> None:
    """Markdown where a notebook can show it, else plain text: the same, unless it is given."""
    _show(plain or markdown, "text/markdown", markdown)


def _show(plain: str, kind: str, rich: str) -> None:
    ipython = sys.modules.get("IPython")
    if ipython is not None and ipython.get_ipython() is not None:
        ipython.display.display({"text/plain": plain, kind: rich}, raw=True)
    else:
        print(for_stream(plain, sys.stdout))

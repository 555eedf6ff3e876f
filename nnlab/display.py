"""A figure on the page, with words for those who cannot see it."""

from __future__ import annotations

import base64
import html
import io
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from .words import say

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DOTS_PER_INCH = 144


def show(figure: Figure, alt: str, caption: str = "") -> None:
    """Displays a figure in the notebook; returns nothing.

    figure: any matplotlib figure
    alt: what there is to see, in words; screen readers read it, and it stands in where pictures are not shown
    caption: a line under the figure
    """
    put(say("[figure] {alt}").format(alt=alt), lambda: _as_html(figure, alt, caption))
    if "matplotlib.pyplot" in sys.modules:
        # Otherwise Jupyter draws a figure made with pyplot a second time at the end of the cell.
        sys.modules["matplotlib.pyplot"].close(figure)


def in_notebook() -> bool:
    """Whether something shows what is displayed."""
    from IPython import get_ipython

    return get_ipython() is not None


def put(words: str, make: Callable[[], str]) -> None:
    """Displays the HTML that `make` gives; outside a notebook there are only the words, in the letters of the terminal."""
    from IPython.display import display

    if not in_notebook():
        encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
        print(words.encode(encoding, "replace").decode(encoding))
    else:
        display({"text/html": make(), "text/plain": words}, raw=True)


def _as_html(figure: Figure, alt: str, caption: str) -> str:
    # Jupyter gives an image/png output no alt attribute; an <img> of ours has one.
    stream = io.BytesIO()
    figure.savefig(stream, format="png", dpi=DOTS_PER_INCH, bbox_inches="tight")
    png = stream.getvalue()
    # A PNG file has its width at bytes 16 to 19; a web page counts 96 pixels to the inch.
    width = round(int.from_bytes(png[16:20], "big") * 96 / DOTS_PER_INCH)
    image = (
        f'<img src="data:image/png;base64,{base64.b64encode(png).decode("ascii")}" alt="{html.escape(alt)}" '
        f'style="width: {width}px; max-width: 100%; height: auto;">'
    )
    below = f"<figcaption>{html.escape(caption)}</figcaption>" if caption else ""
    return f'<figure style="margin: 0.5em 0;">{image}{below}</figure>'

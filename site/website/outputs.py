"""What a cell showed, as HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .pictures import Pictures

if TYPE_CHECKING:
    from nbformat import NotebookNode

# Colours and movements of a terminal.
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_IMAGES = {"image/png": "png", "image/jpeg": "jpeg"}


def shown(cell: NotebookNode, pictures: Pictures) -> Iterator[str]:
    """Each output of a code cell that says something on a page: no progress bar, no word to stderr."""
    for output in cell.outputs:
        if output.output_type == "stream" and output.name == "stdout":
            yield _text(output.text)
        elif output.output_type in {"display_data", "execute_result"}:
            yield _displayed(output.data, pictures)


def _text(text: str) -> str:
    return f'<pre class="output">{html.escape(_ESCAPES.sub("", text).rstrip())}</pre>'


def _displayed(data: NotebookNode, pictures: Pictures) -> str:
    """The richest form a page can show; nothing of a widget, which is alive in a notebook alone."""
    if any("widget-view" in kind for kind in data):
        return ""
    if "text/html" in data:
        return f'<div class="output">{pictures.taken_out(data["text/html"])}</div>'
    for kind, suffix in _IMAGES.items():
        if kind in data:
            image = f'<img alt="" src="data:image/{suffix};base64,{data[kind].strip()}">'
            return f'<div class="output">{pictures.taken_out(image)}</div>'
    return _text(data.get("text/plain", ""))

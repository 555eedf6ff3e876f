"""A Python file -> cells: the percent format, what `nbconvert --to script` writes, or plain Python."""

from __future__ import annotations

import ast
import re
import warnings

from ..running.notebook import MAX_CELLS, MAX_SOURCE, Cell, Notebook, NotebookError
from ..words import _

# `# %%` begins a cell, and `# In[3]:` does where a notebook was converted; `# %% [markdown]` begins text.
_CELL = re.compile(r"^# ?%%(?P<about>.*)$|^# In ?\[[ \d*]*\]:?[ \t]*$", re.MULTILINE)
_TEXT = re.compile(r"\[(?:markdown|md|raw)\]", re.IGNORECASE)
# Where a file that does not parse is cut, so that a mistake costs the function that it stands in.
_BLOCK = re.compile(r"^(?=(?:def|class|async|import|from|@)\b|@)", re.MULTILINE)


def read_script(data: bytes) -> Notebook:
    """The cells of a Python file. Raises NotebookError."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # A comment in another code page breaks no code.
        text = data.decode("latin-1")
    if len(text) > MAX_SOURCE:
        raise NotebookError(_("its code is longer than {most} characters").format(most=MAX_SOURCE))
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    cells = _cells(text)
    if len(cells) > MAX_CELLS:
        raise NotebookError(_("it has {n} cells; at most {most} are read").format(n=len(cells), most=MAX_CELLS))
    return Notebook(tuple(Cell(number, source) for number, source in enumerate(cells, 1) if source.strip()), {})


def _cells(text: str) -> list[str]:
    marks = list(_CELL.finditer(text))
    if not marks:
        return [text] if parses(text) else _BLOCK.split(text)
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    cells = [(mark["about"] or "", text[mark.end() : end]) for mark, end in zip(marks, ends, strict=True)]
    return [text[: marks[0].start()], *(source for about, source in cells if not _TEXT.search(about))]


def parses(text: str) -> bool:
    """Whether a text is Python as a whole."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True

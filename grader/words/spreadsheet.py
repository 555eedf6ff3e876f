"""A text <-> a cell of a table that people open in a spreadsheet."""

from __future__ import annotations

import re

from . import harmless

# A spreadsheet takes a cell that begins so for a formula; with an apostrophe before it, it is text.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")


def as_cell(text: str) -> str:
    """A cell in one line, which a spreadsheet shows as it is."""
    text = harmless(re.sub(r"[\t\r\n]+", " ", text))
    return f"'{text}" if _FORMULA.match(text) else text


def from_cell(cell: str) -> str:
    """What stands in such a cell, without spaces around it."""
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell

"""Chinese and Japanese letters for figures: a small font with those that the lessons draw, for machines that have none."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from .words import spoken

_FOLDER = Path(__file__).parent / "letters"


@cache
def read_every_letter() -> None:
    """Let matplotlib look up in these fonts what its own lacks; a reader of Japanese gets the Japanese shapes first."""
    from matplotlib import font_manager, rcParams

    first = spoken() or "zh"
    paths = sorted(_FOLDER.glob("*.otf"), key=lambda path: not path.stem.startswith(first))
    for path in paths:
        font_manager.fontManager.addfont(path)
        # It stands in for its bold letters too: else matplotlib says under the cell of a figure with bold numbers that it does.
        font_manager.fontManager.ttflist.append(replace(font_manager.fontManager.ttflist[-1], weight=700))
    rcParams["font.family"] = [*rcParams["font.family"], *(font_manager.get_font(path).family_name for path in paths)]

"""Text in columns of a terminal, where a Chinese or Japanese character takes two places and words have no spaces."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from unicodedata import combining, east_asian_width

# What may not begin a line, and what may not end one.
_NOT_FIRST = "、。,.:;!?)」』】〉》ー…\uff0c\uff0e\uff1a\uff1b\uff01\uff1f\uff09"
_NOT_LAST = "(「『【〈《\uff08"
_WIDE = r"[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]"
# A wide character with the marks that cling to it, or a word of others; what is between backquotes stays together.
_PIECE = rf"\s+|[{_NOT_LAST}]*(?:`[^`\s]*`|{_WIDE}|(?:(?!{_WIDE})[^\s])+?(?={_WIDE}|\s|$))[{_NOT_FIRST}]*"


def width(text: str) -> int:
    """How many places a text takes."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def padded(text: str, to: int) -> str:
    """`text` with spaces after it, so that it takes that many places."""
    return text + " " * (to - width(text))


def wrapped(text: str, indent: int, most: int) -> Iterator[str]:
    """The lines of a text, each at most so many places wide with its indent; a word that is longer has its own line."""
    for line in text.splitlines():
        wide = width(line) > len(line)
        parts = _filled(line, most - indent) if wide else textwrap.wrap(line, most - indent, break_long_words=False)
        yield from (" " * indent + part for part in parts or [""])


def pieces(text: str, most: int) -> Iterator[str]:
    """A text without places to break it, in pieces of at most so many places."""
    piece = ""
    for character in text:
        if piece and width(piece + character) > most:
            yield piece
            piece = ""
        piece += character
    yield piece


def _filled(line: str, most: int) -> list[str]:
    """The lines of one that has wide characters: it may be broken beside each of them."""
    filled = [line[: len(line) - len(line.lstrip())]]
    for piece in re.findall(_PIECE, line.lstrip()):
        if filled[-1].strip() and width(filled[-1] + piece.rstrip()) > most:
            filled.append("")
        filled[-1] += piece if filled[-1] else piece.lstrip()
    return [part.rstrip() for part in filled]

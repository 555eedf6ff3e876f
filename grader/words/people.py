"""How people's names are compared: however the accents, the case and the signs are written, and whichever name stands first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from difflib import get_close_matches


def nfc(text: str) -> str:
    """The text in NFC, each letter and its accents one character: a Mac writes them apart."""
    return unicodedata.normalize("NFC", text)


def folded(text: str) -> str:
    """A name without the differences that nobody sees or means: those of accents, case and spaces around it."""
    # Folding the case may part what was composed.
    return nfc(nfc(text).strip().casefold())


def simplified(text: str) -> str:
    """A name without signs, case and the ways in which systems write accents."""
    return re.sub(r"[\W_]+", "", folded(text))


def turned(name: str) -> str:
    """Last, First as First Last; '' where it is not written so."""
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and "," not in first and first.strip() and last.strip() else ""


def spellings(name: str) -> Iterator[str]:
    """A name, plain, as it stands and, if the last name stands first, turned round."""
    yield from dict.fromkeys(filter(None, map(simplified, (name, turned(name)))))


def nearest_names(name: str, names: Iterable[str]) -> list[str]:
    """At most three of the names, those most like it first; none where all are other names."""
    written: dict[str, str] = {}
    for other in names:
        for one in spellings(other):
            written.setdefault(one, other)
    found = [written[one] for own in spellings(name) for one in get_close_matches(own, written, 3, 0.7)]
    return list(dict.fromkeys(found))[:3]

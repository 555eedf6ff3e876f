"""Every sentence a student reads goes through `_`: English here, other languages from the catalogues in `locale/`."""

import re
from typing import IO

from .sentence import Sentence, as_sentence, changed, cut, joined, quoted, spoken, translated

__all__ = [
    "Sentence",
    "_",
    "as_sentence",
    "changed",
    "cut",
    "encodable",
    "for_stream",
    "harmless",
    "joined",
    "ngettext",
    "quoted",
    "spoken",
]


def _(text: str) -> Sentence:
    """A sentence in the language that is spoken now, which can be said again in another."""
    # The catalogues keep their own heading under the empty text.
    return translated((text,)) if text else Sentence()


def ngettext(one: str, many: str, n: int) -> Sentence:
    """The form of a sentence that goes with a number, in the language that is spoken now."""
    return translated((one, many), n)


_ASCII = str.maketrans({"✓": "ok", "✗": "x ", "○": "- ", "ᵀ": ".T", "·": "*", "×": "x", "–": "-", "—": "-", "…": "..."})


# What commands a terminal or turns the direction of a line: control characters but tab and newline, surrogates, and
# the marks of bidirectional text. It may stand in a student's names, messages and output.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def harmless(text: str) -> str:
    """`text` with what is not for showing spelt out, as JSON does it: \\u001b."""
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def encodable(text: str) -> str:
    """`text` with a question mark for half a surrogate pair, which no file or message can hold."""
    return text.encode("utf-8", "replace").decode()


def for_stream(text: str, stream: IO[str]) -> str:
    """`text` as the stream can show it, harmless, and with ASCII marks where the stream's encoding lacks ours."""
    text = harmless(text)
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_ASCII).encode(encoding, "replace").decode(encoding)
    return text

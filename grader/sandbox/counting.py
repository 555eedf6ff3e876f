"""The parts, texts and depth of a message, counted in its bytes before anything is built from them.

A byte of MessagePack can become a list of 56 bytes. Here it is one part, and a message has few enough of them.
"""

from __future__ import annotations

from dataclasses import dataclass

MAX_MESSAGE = 8 << 20
MAX_PARTS = 100_000
# Bytes of text: a notebook's code has up to a million characters.
MAX_TEXTS = 6 << 20
# A dictionary takes three levels, and eight of them may stand inside each other.
MAX_NESTED = 40
# What one process may send in all. Training that asks ten thousand times for four functions sends 3 million parts.
ALL_BYTES = 512 << 20
ALL_PARTS = 10_000_000


class WireError(ValueError):
    """A message that is not of the agreed form."""


@dataclass
class Allowance:
    """What a process may still send, in bytes and parts."""

    size: int = ALL_BYTES
    parts: int = ALL_PARTS

    def take(self, body: bytes | bytearray) -> None:
        """Count a message against it. Raises WireError where that has too much of anything, or the allowance is used up."""
        self.parts -= count(body)
        self.size -= len(body)
        if self.size < 0 or self.parts < 0:
            raise WireError("more messages than one process may send")


# What stands behind a first byte: `data` is jumped over, `text` too, `items` and `pairs` are parts of their own.
_Form = tuple[str, int, int]


def _forms() -> dict[int, _Form]:
    """{first byte: (what follows, how many, how many bytes say how many)}. Extension types are no part of what is agreed."""
    one_byte = (*range(0x80), *range(0xE0, 0x100), 0xC0, 0xC2, 0xC3)
    numbers = {0xCA: 4, 0xCB: 8, 0xCC: 1, 0xCD: 2, 0xCE: 4, 0xCF: 8, 0xD0: 1, 0xD1: 2, 0xD2: 4, 0xD3: 8}
    long = {"data": (0xC4, 0xC5, 0xC6), "text": (0xD9, 0xDA, 0xDB), "items": (0, 0xDC, 0xDD), "pairs": (0, 0xDE, 0xDF)}
    return (
        dict.fromkeys(one_byte, ("data", 0, 0))
        | {first: ("data", size, 0) for first, size in numbers.items()}
        | {0x80 + n: ("pairs", n, 0) for n in range(16)}
        | {0x90 + n: ("items", n, 0) for n in range(16)}
        | {0xA0 + n: ("text", n, 0) for n in range(32)}
        | {first: (what, 0, 1 << n) for what, firsts in long.items() for n, first in enumerate(firsts) if first}
    )


_FORMS = _forms()
_UNKNOWN: _Form = ("unknown", 0, 0)


def _whole(*kinds: str) -> list[int]:
    """The bytes of a part of such a kind that its first byte tells, that one too: most parts, in one look. 0 for the others."""
    forms = (_FORMS.get(first, _UNKNOWN) for first in range(256))
    return [1 + size if what in kinds and not wide else 0 for what, size, wide in forms]


_WHOLE = _whole("data")
# Of a message that is too short to have too much text.
_WHOLE_IN_SHORT = _whole("data", "text")


def count(body: bytes | bytearray) -> int:
    """The number of parts of a message. Raises WireError where it has too much of anything, or is cut off.

    It takes time for each part, never for each byte, and stops at the first one too many.
    """
    end = len(body)
    if end > MAX_MESSAGE:
        raise WireError(f"a message of {end} bytes")
    lengths = _WHOLE if end > MAX_TEXTS else _WHOLE_IN_SHORT
    at, parts, texts = 0, 1, 0
    # How many items are still to come: of the list or dictionary that is open, and of each one that it stands in.
    left, outer = 1, [0]
    while outer:
        if not left:
            left = outer.pop()
            continue
        left -= 1
        if at >= end:
            raise WireError("a message that is cut off")
        if whole := lengths[body[at]]:
            at += whole
            continue
        what, size, wide = _FORMS.get(body[at], _UNKNOWN)
        at += 1 + wide
        if wide:
            size = int.from_bytes(body[at - wide : at], "big")
        if what == "data":
            at += size
        elif what == "text":
            at += size
            texts += size
        elif what == "unknown":
            raise WireError("a part of no known form")
        else:
            outer.append(left)
            left = 2 * size if what == "pairs" else size
            # Counted where they are promised: what decodes them may make room for all of them at once.
            parts += left
        if parts > MAX_PARTS or texts > MAX_TEXTS or len(outer) > MAX_NESTED:
            raise WireError(
                f"a message of more than {MAX_PARTS} parts, {MAX_TEXTS >> 20} MB of text or {MAX_NESTED} levels"
            )
    if at != end:
        raise WireError("a message of another length than its parts")
    return parts

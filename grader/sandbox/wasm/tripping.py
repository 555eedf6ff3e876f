"""Interrupts the interpreter in an instance, as a signal does a process: so that it can say where it is before it is ended.

A signal sets a few bits in the interpreter's memory, which it looks at between two of its steps. Which they are is found
out once, by `guest.find_bits`: they are what a signal changes, and calling another function does not.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence

import numpy as np

# A signal sets fewer bytes: where more have changed, something else was seen, and nothing is interrupted.
_MOST = 16
# Below lies the stack of C.
_STACK = 16 << 20
# (address, bits of the byte that is there)
Bits = Sequence[tuple[int, int]]


def found(looks: Sequence[bytes]) -> Bits:
    """The bits that a signal sets, of what the memory was before and after another call, and before and after a signal."""
    if len(looks) != 4:
        return ()
    before, other, again, after = (np.frombuffer(look, np.uint8) for look in looks)
    if len({len(before), len(other), len(again), len(after)}) != 1:
        return ()
    set_by_signal = after & ~again & ~(before ^ other)
    places = [place for place in np.flatnonzero(set_by_signal).tolist() if place >= _STACK]
    return [(place, int(set_by_signal[place])) for place in places] if len(places) <= _MOST else ()


def trip(memory: int, bits: Bits) -> None:
    """Set the bits in the memory that begins at this address."""
    for place, mask in bits:
        ctypes.c_ubyte.from_address(memory + place).value |= mask

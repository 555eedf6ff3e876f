"""The arrays of a pack, one after the other: a case of many small arrays costs one member of the file, not one for each.

All arrays of one kind of number lie in one flat array, a pool; [kind, first entry, shape] says where one stands.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

# What numpy keeps on every platform: whole and real numbers, complex ones, truth values, and text of fixed length.
_KINDS, _LARGEST = frozenset("biufcSU"), {"f": 8, "c": 16}


class Pools:
    """Arrays, gathered by their kind of number."""

    def __init__(self) -> None:
        self._parts: defaultdict[str, list[np.ndarray]] = defaultdict(list)
        self._sizes: defaultdict[str, int] = defaultdict(int)

    def add(self, array: np.ndarray) -> list[Any]:
        """Where the array stands from now on: [kind of number, first entry, shape]. Raises TypeError."""
        kind, size = array.dtype.kind, array.dtype.itemsize
        if kind not in _KINDS or size > _LARGEST.get(kind, size):
            raise TypeError(f"an array of {array.dtype}")
        little = array.astype(array.dtype.newbyteorder("<"), copy=False)
        name = little.dtype.str[1:]
        start = self._sizes[name]
        self._parts[name].append(little.ravel())
        self._sizes[name] += array.size
        return [name, start, list(array.shape)]

    def items(self) -> Iterator[tuple[str, np.ndarray]]:
        """(kind of number, the flat array), for each kind that is there."""
        return ((name, np.concatenate(parts)) for name, parts in self._parts.items())


def array_in(pools: Mapping[str, np.ndarray], place: Any) -> np.ndarray:
    """The array that stands at a place, as a copy. Raises KeyError, ValueError."""
    # Older packs say no shape of a single number.
    name, start, shape = (*place, [])[:3]
    return pools[name][start : start + math.prod(shape)].reshape(shape).copy()

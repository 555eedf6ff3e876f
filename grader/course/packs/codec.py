"""Plain data <-> JSON beside flat arrays, to the bit: what JSON has no word for stands under a tag, as {"@tuple": [1, 2]}.

All arrays of one kind of number lie one after the other in one flat array, a pool: an entry of it says where one begins,
and its shape. So a case of many small arrays costs one member of the file, not one for each.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from ..nouns import Seeded

# What numpy keeps on every platform: whole and real numbers, complex ones, truth values, and text of fixed length.
_KINDS, _LARGEST = frozenset("biufcSU"), {"f": 8, "c": 16}


class Pools:
    """Arrays, gathered by their kind of number."""

    def __init__(self) -> None:
        self._parts: defaultdict[str, list[np.ndarray]] = defaultdict(list)
        self._sizes: defaultdict[str, int] = defaultdict(int)

    def add(self, array: np.ndarray) -> list[Any]:
        """Where the array's entries will stand: [kind of number, first entry]. Raises TypeError."""
        kind, size = array.dtype.kind, array.dtype.itemsize
        if kind not in _KINDS or size > _LARGEST.get(kind, size):
            raise TypeError(f"an array of {array.dtype}")
        little = array.astype(array.dtype.newbyteorder("<"), copy=False)
        name = little.dtype.str[1:]
        start = self._sizes[name]
        self._parts[name].append(little.ravel())
        self._sizes[name] += array.size
        return [name, start]

    def items(self) -> Iterator[tuple[str, np.ndarray]]:
        """(kind of number, the flat array), for each kind that is there."""
        return ((name, np.concatenate(parts)) for name, parts in self._parts.items())


def encode(value: Any, pools: Pools) -> Any:
    """The value as JSON has it, its arrays in `pools`. Raises TypeError for what is no plain data."""
    kind = type(value)
    if value is None or kind in (bool, int, str):
        return value
    if kind is float:
        return value if math.isfinite(value) else {"@float": repr(value)}
    if kind is list:
        return [encode(item, pools) for item in value]
    if kind is tuple:
        return {"@tuple": [encode(item, pools) for item in value]}
    if kind is dict:
        return _encoded_dict(value, pools)
    if kind is np.ndarray:
        return {"@array": [*pools.add(value), list(value.shape)]}
    if isinstance(value, np.generic):
        return {"@scalar": pools.add(np.asarray(value))}
    if kind is Seeded:
        return {"@Seeded": value.seed}
    raise TypeError(
        f"a value of type {kind.__name__}: a case is made of numbers, arrays, text, tuples, lists and dictionaries"
    )


def _encoded_dict(value: Mapping[Any, Any], pools: Pools) -> Any:
    if all(type(key) is str and not key.startswith("@") for key in value):
        return {key: encode(item, pools) for key, item in value.items()}
    return {"@dict": [[encode(key, pools), encode(item, pools)] for key, item in value.items()]}


def decode(stored: Any, pools: Mapping[str, np.ndarray]) -> Any:
    """The value that was encoded; each array is one of its own. Raises KeyError, ValueError for what no encoder wrote."""
    if isinstance(stored, list):
        return [decode(item, pools) for item in stored]
    if not isinstance(stored, dict):
        return stored
    if len(stored) == 1:
        ((tag, content),) = stored.items()
        if tag.startswith("@"):
            return _MEANING[tag](content, pools)
    return {key: decode(item, pools) for key, item in stored.items()}


def _array(content: Any, pools: Mapping[str, np.ndarray]) -> np.ndarray:
    name, start, shape = content
    return pools[name][start : start + math.prod(shape)].reshape(shape).copy()


_MEANING: Mapping[str, Callable[[Any, Mapping[str, np.ndarray]], Any]] = {
    "@float": lambda text, _pools: float(text),
    "@tuple": lambda items, pools: tuple(decode(item, pools) for item in items),
    "@dict": lambda pairs, pools: {decode(key, pools): decode(item, pools) for key, item in pairs},
    "@array": _array,
    "@scalar": lambda place, pools: pools[place[0]][place[1]],
    "@Seeded": lambda seed, _pools: Seeded(seed),
}

"""Plain data, which cases and answers are made of: numbers, text, None and arrays, in tuples, lists and dictionaries.

One walk over it, and one codec for it: packs keep it as JSON, the sandbox sends it as MessagePack.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from ..words.sentence import as_text, from_text
from .nouns import Seeded
from .results import Unsupported

# The dtypes that an array may have; they are also all that travels between processes.
DTYPES = frozenset(np.dtype(code).str for code in "?bhiqBHIQefdFD")
# What a student's value may have: levels, entries of one container, characters of a text and of a key.
MAX_DEPTH, MAX_ITEMS, MAX_TEXT, MAX_KEY = 8, 10_000, 10_000, 200
# A case holds its arguments a few levels down.
_DEEPEST = MAX_DEPTH + 4
_SCALARS = (bool, int, float, type(None))


def parts(value: Any) -> Iterable[Any]:
    """What a container holds; nothing for anything else."""
    return value.values() if isinstance(value, Mapping) else value if isinstance(value, (list, tuple)) else ()


def leaves(value: Any) -> Iterator[Any]:
    """The numbers, texts and arrays in a value, in their order, at whatever depth."""
    if isinstance(value, (Mapping, list, tuple)):
        for part in parts(value):
            yield from leaves(part)
    else:
        yield value


def encode(value: Any, keep: Callable[[np.ndarray], Any]) -> Any:
    """The value in what JSON and MessagePack share; what they have no word for stands under a tag, as {"@tuple": [1, 2]}.

    keep: an array -> what stands for it. Raises TypeError for what is no plain data.
    """
    if type(value) in (str, bool, int, type(None)):
        return value
    if type(value) is float:
        return value if math.isfinite(value) else {"@float": repr(value)}
    if type(value) is np.ndarray:
        return {"@array": keep(value)}
    if isinstance(value, np.generic):
        return {"@scalar": keep(np.asarray(value))}
    if isinstance(value, list):
        return [encode(item, keep) for item in value]
    if isinstance(value, tuple):
        return {"@tuple": [encode(item, keep) for item in value]}
    if isinstance(value, Mapping):
        if all(type(key) is str and not key.startswith("@") for key in value):
            return {key: encode(item, keep) for key, item in value.items()}
        return {"@dict": [[encode(key, keep), encode(item, keep)] for key, item in value.items()]}
    if isinstance(value, complex):
        return {"@complex": [encode(value.real, keep), encode(value.imag, keep)]}
    if isinstance(value, Seeded):
        return {"@Seeded": value.seed}
    if isinstance(value, Unsupported):
        return {"@unsupported": as_text(value.what)}
    raise TypeError(f"a value of type {type(value).__name__}: it is no number, array, text, tuple, list or dictionary")


def decode(stored: Any, kept: Callable[[Any], np.ndarray], depth: int = 0) -> Any:
    """The value that was encoded; `kept` gives the array for what stands for it. Raises ValueError for anything that `encode` did not write."""
    if type(stored) in _SCALARS or (type(stored) is str and len(stored) <= MAX_TEXT):
        return stored
    if type(stored) not in (list, dict) or depth > _DEEPEST or len(stored) > MAX_ITEMS:
        raise ValueError("a value of no known form")
    if isinstance(stored, list):
        return [decode(item, kept, depth + 1) for item in stored]
    if len(stored) == 1:
        # `list() as items` takes half the time of `list(items)`, which looks for attributes first; a class has thousands of these.
        match stored:
            case {"@array": content}:
                return kept(content)
            case {"@scalar": content}:
                return kept(content)[()]
            case {"@tuple": list() as items}:
                return tuple(decode(items, kept, depth))
            case {"@dict": list() as pairs} if len(pairs) <= MAX_ITEMS:
                return {_key(pair): decode(pair[1], kept, depth + 1) for pair in pairs}
            case {"@float": "nan" | "inf" | "-inf" as text}:
                return float(text)
            case {"@complex": [real, imag]}:
                return complex(decode(real, kept, _DEEPEST), decode(imag, kept, _DEEPEST))
            case {"@Seeded": int() as seed} if seed >= 0:
                return Seeded(seed)
            case {"@unsupported": str() as what}:
                return Unsupported(from_text(what, MAX_KEY))
    if not all(type(key) is str and len(key) <= MAX_KEY and not key.startswith("@") for key in stored):
        raise ValueError("a dictionary entry of no known form")
    return {key: decode(item, kept, depth + 1) for key, item in stored.items()}


def _key(pair: Any) -> str | int:
    if type(pair) is not list or len(pair) != 2 or type(pair[0]) not in (str, int) or len(str(pair[0])) > MAX_KEY:
        raise ValueError("a dictionary entry of no known form")
    key: str | int = pair[0]
    return key

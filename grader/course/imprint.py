"""A digest that recognises a value within tolerance, in a few numbers however large the value is.

The packs keep imprints of what known mistakes return, in a few bytes each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from zlib import crc32

import numpy as np

# Random sums of the entries: two different values agree in all of them once in about 1e15 pairs.
SUMS = 3
# The sums are kept as numbers of four bytes: larger entries cannot be recognised, and smaller ones count as zero.
HUGE, TINY = 1e30, 1e-30
# A larger or deeper value than this has no imprint: no case returns one.
LARGEST, DEEPEST = 200_000, 8


@dataclass(frozen=True)
class Imprint:
    """form   a checksum of the structure, the shapes, the texts, and where values are not finite
    sums   random sums of the entries   size   the root of the sum of their squares: what tolerance is relative to
    """

    form: int
    sums: tuple[float, ...]
    size: float


# For what cannot be recognised: it is not plain data, too large, or different each time.
UNRECOGNISABLE = Imprint(0, (0.0,) * SUMS, 0.0)


def imprint(value: Any) -> Imprint:
    """The imprint of plain data; UNRECOGNISABLE for a value that cannot be recognised."""
    texts, numbers, size = [], [np.zeros(0)], 0
    for text, part in _parts(value):
        if part is None or (size := size + part.size) > LARGEST:
            return UNRECOGNISABLE
        texts.append(text)
        numbers.append(part)
    form, entries = "".join(texts), np.concatenate(numbers)
    finite = np.isfinite(entries)
    if not finite.all():
        form += str(np.where(finite, 0, np.sign(entries)).tolist())
        entries = np.where(finite, entries, 0.0)
    with np.errstate(all="ignore"):
        sums, norm = _weights(entries.size) @ entries, float(np.linalg.norm(entries))
    return (
        Imprint(crc32(form.encode("utf-8", "replace")), tuple(sums.tolist()), norm) if norm < HUGE else UNRECOGNISABLE
    )


def alike(kept: Imprint, seen: Imprint, rtol: float) -> bool:
    """Whether two values with these imprints are the same within a relative tolerance, as far as imprints can tell."""
    # Three times: a sum of many small deviations is seldom further off.
    room = 3 * rtol * seen.size + TINY
    return kept.form == seen.form and all(abs(a - b) <= room for a, b in zip(kept.sums, seen.sums, strict=True))


def _parts(value: Any, depth: int = 0) -> Iterator[tuple[str, np.ndarray | None]]:
    """The form and the entries of each part of a value; entries None where it is no plain data, too large or too deep."""
    nothing = np.zeros(0)
    if isinstance(value, (Mapping, list, tuple)) and depth < DEEPEST:
        keys = sorted(value, key=str) if isinstance(value, Mapping) else range(len(value))
        yield f"{{{len(value)}}}" if isinstance(value, Mapping) else f"[{len(value)}]", nothing
        for key in keys:
            yield f"{key}=", nothing
            yield from _parts(value[key], depth + 1)
    elif value is None or isinstance(value, str):
        yield repr(value), nothing
    elif isinstance(value, (bool, int, float, np.generic, np.ndarray)) and _is_real(np.asarray(value)):
        # One number is one number, as a scalar, as (1,) or as (1, 1): `compare` says so too.
        shape = np.shape(value) if np.size(value) != 1 else ()
        yield str(shape), np.asarray(value, dtype=float).ravel()
    else:
        yield "", None


def _is_real(array: np.ndarray) -> bool:
    return array.dtype.kind in "biuf" and array.size <= LARGEST


# Many sizes are small and come again; few are large, and those a hostile class would make this hold are not kept long.
@lru_cache(maxsize=48)
def _weights(size: int) -> np.ndarray:
    # RandomState draws the same numbers in every version of numpy.
    return np.random.RandomState(size % 2**32).standard_normal((SUMS, size))

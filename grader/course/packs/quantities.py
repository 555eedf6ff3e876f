"""The quantities of all cases of a lesson <-> plain data, as a pack holds them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..imprint import Imprint
from ..nouns import Quantity

# So many digits of an imprint are kept: more than any tolerance asks for.
DIGITS = 9


def as_rows(quantities: Sequence[Quantity]) -> list[Any]:
    return [
        [
            one.name,
            list(one.shape),
            one.value.form,
            *map(_short, (*one.value.sums, one.value.size)),
            list(one.after),
            one.is_entry,
            one.round,
        ]
        for one in quantities
    ]


def from_rows(rows: Sequence[Any]) -> tuple[Quantity, ...]:
    """The quantities of one case. Raises ValueError, TypeError for what no rows are."""
    return tuple(map(_quantity, rows))


def _quantity(row: Sequence[Any]) -> Quantity:
    name, shape, form, *sums, size, after, is_entry, round = row
    return Quantity(name, tuple(shape), Imprint(form, tuple(sums), size), tuple(after), is_entry, round)


def _short(number: float) -> float:
    return float(f"{number:.{DIGITS}g}")

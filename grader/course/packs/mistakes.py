"""The imprints of known mistakes in all cases of an exercise <-> a table of numbers, and the texts it refers to by place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ..imprint import SUMS, Imprint

# {key of a mistake: {output: imprint}}, for one case
Mistakes = Mapping[str, Mapping[str, Imprint]]

# One row for each case, mistake and output that the mistake changes there.
_ROW = np.dtype(
    [("case", "u1"), ("mistake", "<u2"), ("output", "u1"), ("form", "<u4"), ("sums", "<f4", (SUMS,)), ("size", "<f4")]
)


def as_table(by_case: Sequence[Mistakes]) -> tuple[dict[str, list[str]], np.ndarray]:
    """({"keys": of the mistakes, "outputs": their names}, one row for each imprint)."""
    keys = list(dict.fromkeys(key for mistakes in by_case for key in mistakes))
    outputs = list(dict.fromkeys(output for mistakes in by_case for found in mistakes.values() for output in found))
    place = {key: number for number, key in enumerate(keys)}
    rows = [
        (case, place[key], outputs.index(output), one.form, one.sums, one.size)
        for case, mistakes in enumerate(by_case)
        for key, found in mistakes.items()
        for output, one in found.items()
    ]
    # A sum beyond the range of the table matches nothing: infinity is alike to no value.
    with np.errstate(over="ignore"):
        return {"keys": keys, "outputs": outputs}, np.array(rows, dtype=_ROW)


def from_table(
    texts: Mapping[str, Sequence[str]], table: np.ndarray, cases: int
) -> list[dict[str, dict[str, Imprint]]]:
    """{key of a mistake: {output: imprint}} for each case. Raises IndexError, ValueError for anything that is not such a table."""
    keys, outputs = texts["keys"], texts["outputs"]
    found: list[dict[str, dict[str, Any]]] = [{} for _ in range(cases)]
    for case, mistake, output, form, sums, size in table.tolist():
        found[case].setdefault(keys[mistake], {})[outputs[output]] = Imprint(form, tuple(sums), size)
    return found

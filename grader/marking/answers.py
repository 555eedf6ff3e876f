"""What students wrote in words: the text cells of what they handed in, which a gradebook does not keep."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from ..course import current
from ..running.notebook import Cell, NotebookError, read_cells
from ..submissions.paths import NotReadError, walk

# More of one submission is not shown.
MOST_CELLS, MOST_SIGNS = 200, 20_000


def answers(folder: Path, lessons: Mapping[str, str]) -> dict[str, tuple[Cell, ...]]:
    """{sha256 of a file: its text cells, without those of the notebook that was handed out}, of the files found in a folder.

    lessons   {sha256: the lesson} of the files that are looked for, by whatever name
    """
    handed_out = {lesson: handed_out_texts(lesson) for lesson in set(lessons.values())}
    found: dict[str, tuple[Cell, ...]] = {}
    for item in walk([folder]):
        try:
            data = b"" if item.refused else item.read()
        except NotReadError:
            continue
        digest = hashlib.sha256(data).hexdigest()
        if digest in lessons and digest not in found:
            found[digest] = tuple(in_words(data, handed_out[lessons[digest]]))[:MOST_CELLS]
    return found


def handed_out_texts(lesson: str) -> frozenset[str]:
    """The texts of a lesson's notebook as it is handed out, in every language."""
    paths = (current().folder / "notebooks").rglob(f"{lesson}.ipynb")
    return frozenset(cell.source.strip() for path in paths for cell in in_words(path.read_bytes(), ()))


def in_words(data: bytes, without: Collection[str]) -> Iterator[Cell]:
    """The text cells of a notebook except these; none if it is not a notebook."""
    try:
        read_cells(data)
        cells = json.loads(data.decode("utf-8-sig")).get("cells") or ()
    except (NotebookError, ValueError):
        return
    for number, cell in enumerate(cells, 1):
        text = _text(cell)
        if text.strip() and text.strip() not in without:
            yield Cell(number, text[:MOST_SIGNS])


def _text(cell: Any) -> str:
    if not isinstance(cell, dict) or cell.get("cell_type") != "markdown":
        return ""
    source = cell.get("source", "")
    lines = source if isinstance(source, list) else [source]
    return "".join(line for line in lines if isinstance(line, str))

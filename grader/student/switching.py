"""A student's notebook in another language: the course's own cells say it in that one, and what was written stays."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ..course import current, files
from ..course.packaged import copies


def switched(mine: bytes, wanted: bytes) -> bytes:
    """A notebook with the text of another copy of it, wherever a cell is still as the course gave it in one of its languages.

    Anything that is not a notebook of the course, or is in that language already, comes back unchanged. Raises FileError.
    """
    notebook, other = _notebook(mine), _notebook(wanted)
    if notebook is None or other is None or _ours(notebook).get("lesson") != _ours(other).get("lesson"):
        return mine
    if not _ours(other) or _ours(notebook).get("language") == _ours(other).get("language"):
        return mine
    given = {
        key for path in copies(current()) if path.name == f"{_ours(other)['lesson']}.ipynb" for key in _cells(path)
    }
    said = {cell.get("id"): cell for cell in other["cells"]}
    for cell in notebook["cells"]:
        if _key(cell) in given and cell["id"] in said:
            cell["source"] = said[cell["id"]]["source"]
    notebook["metadata"]["nn_by_hand"] = {**_ours(notebook), "language": _ours(other).get("language", "en")}
    return (json.dumps(notebook, ensure_ascii=False, indent=1) + "\n").encode()


def _notebook(data: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(data.decode("utf-8-sig"))
        usable = all(isinstance(cell, dict) and isinstance(cell.get("source"), str | list) for cell in found["cells"])
        return found if usable and isinstance(_ours(found), dict) else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _ours(notebook: Mapping[str, Any]) -> dict[str, Any]:
    """What a notebook of the course says of itself; nothing where it is somebody else's."""
    found: dict[str, Any] = notebook["metadata"].get("nn_by_hand", {})
    return found


def _cells(path: Any) -> set[tuple[str, str]]:
    found = _notebook(files.read(path))
    return {_key(cell) for cell in found["cells"]} if found else set()


def _key(cell: Mapping[str, Any]) -> tuple[str, str]:
    return str(cell.get("id")), "".join(cell["source"])

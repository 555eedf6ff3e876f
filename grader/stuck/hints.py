"""The hints in a lesson's notebook: there they are folded, and `check.hint` shows them one at a time."""

from __future__ import annotations

import json
import re
from functools import cache

from ..course import Lesson
from ..packaged import notebook_path

_HINT = re.compile(r"<details><summary>Hint[^<]*</summary>(.*?)</details>", re.DOTALL)


@cache
def hints(lesson: Lesson, exercise: str) -> tuple[str, ...]:
    """The hints that stand above an exercise in the lesson's notebook, as markdown; none where there is no notebook."""
    return _hints(lesson).get(exercise, ())


@cache
def _hints(lesson: Lesson) -> dict[str, tuple[str, ...]]:
    found, above = {}, ""
    try:
        cells = json.loads(notebook_path(lesson).read_text(encoding="utf-8"))["cells"]
    except OSError:
        return {}
    for cell in cells:
        source = "".join(cell["source"])
        marker = cell["metadata"].get("nbgrader", {})
        if cell["cell_type"] == "markdown":
            above += source + "\n"
        elif marker.get("solution"):
            found[marker["grade_id"]] = tuple(hint.strip() for hint in _HINT.findall(above))
            above = ""
    return found

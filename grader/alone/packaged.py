"""What comes with the install besides code: the student notebooks, their hints, and the data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath

from ..course import Lesson

_HERE = Path(__file__).parents[1]
_HINT = re.compile(r"<details><summary>Hint[^<]*</summary>(.*?)</details>", re.DOTALL)


def _folder(installed: Path) -> Path:
    """A folder of the wheel, or the one of that name in a checkout."""
    return installed if installed.is_dir() else _HERE.parent / installed.name


NOTEBOOKS = _folder(_HERE / "notebooks")
DATASETS = _folder(_HERE.parent / "nnlab" / "datasets")


def course_files() -> Iterator[tuple[PurePosixPath, Path]]:
    """Where each file goes in a student's folder, and where it is now; the notebooks first, in the order of the course."""
    for path in sorted(NOTEBOOKS.glob("[0-9][0-9]_*/*.ipynb")):
        yield PurePosixPath(path.parent.name, path.name), path
    for path in sorted([*DATASETS.glob("*.h5"), *DATASETS.glob("README.md")]):
        yield PurePosixPath("datasets", path.name), path


def notebook_path(lesson: Lesson) -> Path:
    return NOTEBOOKS / lesson.folder / f"{lesson.name}.ipynb"


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

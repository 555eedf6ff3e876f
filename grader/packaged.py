"""What comes with the install besides code: the student notebooks and the data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from .course import Lesson

_HERE = Path(__file__).parent


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

"""What a course has besides code: the student notebooks and the data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from . import Course


def course_files(course: Course) -> Iterator[tuple[PurePosixPath, Path]]:
    """Where each file goes in a student's folder, and where it is now; the notebooks first, in the order of the course."""
    for path in sorted((course.folder / "notebooks").glob("[0-9][0-9]_*/*.ipynb")):
        yield PurePosixPath(path.parent.name, path.name), path
    for path in data_files(course):
        yield PurePosixPath("datasets", path.name), path


def data_files(course: Course) -> list[Path]:
    """The data sets of a course and what is to be known of them; none where it has none."""
    data = course.folder / "datasets"
    return sorted(path for pattern in ("*.h5", "*.npz", "README.md") for path in data.glob(pattern))

"""What a course has besides code: the student notebooks, the data, and what an assistant is told that helps a student."""

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
    for path in assistant_files():
        yield PurePosixPath(path.name), path


def assistant_files() -> list[Path]:
    """What programs that help with code read in a student's folder: to tutor, and not to solve."""
    return sorted((Path(__file__).parents[1] / "templates" / "assistant").glob("*.md"))


def data_files(course: Course) -> list[Path]:
    """The data sets of a course and what is to be known of them; none where it has none."""
    data = course.folder / "datasets"
    return sorted(path for pattern in ("*.h5", "*.npz", "README.md") for path in data.glob(pattern))

"""What a course has besides code: the student notebooks and the data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from .course import Course, Lesson, current


def course_files(course: Course) -> Iterator[tuple[PurePosixPath, Path]]:
    """Where each file goes in a student's folder, and where it is now; the notebooks first, in the order of the course."""
    folder = course.folder
    for path in sorted((folder / "notebooks").glob("[0-9][0-9]_*/*.ipynb")):
        yield PurePosixPath(path.parent.name, path.name), path
    data = folder / "datasets"
    for path in sorted([*data.glob("*.h5"), *data.glob("README.md")]):
        yield PurePosixPath("datasets", path.name), path


def notebook_path(lesson: Lesson) -> Path:
    return current().folder / "notebooks" / lesson.folder / f"{lesson.name}.ipynb"

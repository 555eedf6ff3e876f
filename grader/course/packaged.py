"""What a course has besides code: the student notebooks, the data, and instructions for an assistant that helps a student."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from . import Course


def course_files(course: Course, language: str = "") -> Iterator[tuple[PurePosixPath, Path]]:
    """Where each file goes in a student's folder, and where it is now; the notebooks first, in the order of the course.

    A notebook that is not translated comes in English.
    """
    for path in _notebooks(course, ""):
        in_language = course.folder / "notebooks" / language / path.parent.name / path.name
        yield PurePosixPath(path.parent.name, path.name), in_language if in_language.is_file() else path
    for path in data_files(course):
        yield PurePosixPath("datasets", path.name), path
    for path in assistant_files():
        yield PurePosixPath(path.name), path


def copies(course: Course) -> Iterator[Path]:
    """The notebooks of a course in every language."""
    for language in ("", *course.languages):
        yield from _notebooks(course, language)


def _notebooks(course: Course, language: str) -> list[Path]:
    return sorted((course.folder / "notebooks" / language).glob("[0-9][0-9]_*/*.ipynb"))


def assistant_files() -> list[Path]:
    """What programs that help with code read in a student's folder: to tutor, and not to solve."""
    return sorted((Path(__file__).parents[1] / "templates" / "assistant").glob("*.md"))


def data_files(course: Course) -> list[Path]:
    """The data sets of a course and what is to be known of them; none where it has none."""
    data = course.folder / "datasets"
    return sorted(path for pattern in ("*.h5", "*.npz", "*.txt", "README.md") for path in data.glob(pattern))

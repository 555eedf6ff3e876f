"""The engine knows no course: no name of a lesson, of a data set or of the course's library stands in it."""

import re
from pathlib import Path

import pytest

import grader
from grader.course import current

ENGINE = Path(grader.__file__).parent
COURSE = current()
NAMES = sorted(
    {*COURSE.lessons, COURSE.library, COURSE.title} | {path.name for path in (COURSE.folder / "datasets").glob("*.h5")}
)
FILES = [path for path in ENGINE.rglob("*") if path.is_file() and "__pycache__" not in path.parts]


def texts() -> dict[str, str]:
    """{path in the engine: its own name, and its text where it has one}."""
    binary = {".mo", ".h5", ".pack"}
    return {
        (inside := path.relative_to(ENGINE).as_posix()): inside
        + "\n"
        + ("" if path.suffix in binary else path.read_text(encoding="utf-8"))
        for path in FILES
    }


def named(name: str, text: str) -> bool:
    return re.search(rf"(?<![A-Za-z0-9_]){re.escape(name)}(?![A-Za-z0-9_])", text) is not None


@pytest.mark.parametrize("name", NAMES)
def test_nothing_in_the_engine_names_anything_of_this_course(name: str) -> None:
    assert [path for path, text in texts().items() if named(name, text)] == []


def test_a_name_is_found_as_a_whole_wherever_it_stands() -> None:
    assert named("one_lesson", 'import_module("x.given.one_lesson")')
    assert named("one_lesson", "reference/one_lesson.h5")
    assert not named("one", "one_lesson, someone")

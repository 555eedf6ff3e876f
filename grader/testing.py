"""The laws that every course keeps, as a pytest plugin: `pytest --course FOLDER`, or `pytest FOLDER/course.toml`.

An item is a law of a lesson, of an exercise, or of a solution by hand: `pytest --course FOLDER -k propagate`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

# What is heavy is imported when a course is collected: this plugin is loaded by every run of pytest.
if TYPE_CHECKING:
    from .authoring.laws import Law
    from .course import Lesson

NAME = "course.toml"
_SANDBOX = pytest.StashKey[Any]()
_OPENED = pytest.StashKey[ExitStack]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("grader", "courses")
    group.addoption("--course", metavar="FOLDER", help="hold the course in this folder to the laws of every course")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "sandbox: runs student code in the sandbox, which needs Linux")
    folder = config.getoption("course", None)
    if folder is None:
        return
    path = Path(folder) / NAME
    if not path.is_file():
        raise pytest.UsageError(f"--course {folder}: there is no {NAME} in this folder")
    named = config.args if config.args_source is pytest.Config.ArgsSource.ARGS else []
    config.args = [*(name for name in named if name != str(path)), str(path)]


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    # Only where it is asked for: other files of that name may lie anywhere.
    asked = {Path(str(name).partition("::")[0]).absolute() for name in parent.config.args}
    if file_path.name == NAME and file_path in asked:
        return CourseFile.from_parent(parent, path=file_path)
    return None


def pytest_unconfigure(config: pytest.Config) -> None:
    if opened := config.stash.get(_OPENED, None):
        opened.close()


class CourseFile(pytest.File):
    """A course: its own laws, and its lessons."""

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        from .course.courses import using

        with using(self.path.parent):
            from .authoring import laws
            from .course import current

            yield from (_item(self, law, partial(law)) for law in laws.OF_A_COURSE)
            for name in current().lessons:
                yield LessonNode.from_parent(self, name=name)


class LessonNode(pytest.Collector):
    """A lesson: its own laws, those of its exercises, and those of its solutions by hand."""

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        from .course.courses import using

        with using(self.path.parent):
            from .authoring import laws
            from .authoring.laws.handwritten import exercise_of, files
            from .course import current

            lesson = current().declared(self.name)
            yield from (_item(self, law, partial(law, lesson)) for law in laws.OF_A_LESSON)
            for law in laws.GRADED:
                item = _item(self, law, partial(_graded, self.config, law, lesson))
                item.add_marker("sandbox")
                yield item
            by_hand = [(folder, law, file) for folder, law in laws.OF_A_FILE.items() for file in files(lesson, folder)]
            for exercise in lesson.exercises:
                found = [(law, partial(law, lesson, exercise), law.__name__) for law in laws.OF_AN_EXERCISE]
                found += [
                    (law, partial(law, lesson, file), f"{folder}[{file.stem.partition('__')[2]}]")
                    for folder, law, file in by_hand
                    if exercise_of(file) == exercise.name
                ]
                yield ExerciseNode.from_parent(self, name=exercise.name, found=found)
            strangers = [file for *_law, file in by_hand if exercise_of(file) not in {e.name for e in lesson.exercises}]
            if strangers:
                raise self.CollectError("\n".join(f"{file}: {lesson.name} has no such exercise" for file in strangers))


class ExerciseNode(pytest.Collector):
    """An exercise and what is held to be true of it."""

    def __init__(self, found: Iterable[tuple[Law, Callable[[], Iterator[str]], str]], **more: Any) -> None:
        super().__init__(**more)
        self._found = found

    def collect(self) -> Iterator[pytest.Item]:
        return (_item(self, law, look, name) for law, look, name in self._found)


def _item(parent: pytest.Collector, law: Law, look: Callable[[], Iterator[str]], name: str = "") -> LawItem:
    return LawItem.from_parent(parent, name=name or law.__name__, law=law, look=look)


class Broken(Exception):
    """A law that does not hold; the message says where, in sentences."""


class LawItem(pytest.Item):
    """One law of one thing."""

    def __init__(self, law: Law, look: Callable[[], Iterator[str]], **more: Any) -> None:
        super().__init__(**more)
        self._law, self._look = law, look

    def runtest(self) -> None:
        from .course.courses import using

        with using(self.path.parent):
            if reasons := list(self._look()):
                raise Broken("\n".join(reasons))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        from .authoring.laws import promise

        if isinstance(excinfo.value, Broken):
            return f"The law: {promise(self._law)}\n\n{excinfo.value}"
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        return self.path, None, self.nodeid.partition("::")[2]


def _graded(config: pytest.Config, law: Law, lesson: Lesson) -> Iterator[str]:
    """A law that grades, in the one sandbox of this run."""
    if not sys.platform.startswith("linux"):
        pytest.skip("grading needs Linux")
    from .sandbox import IsolationError, Sandbox

    if _SANDBOX not in config.stash:
        opened = config.stash[_OPENED] = ExitStack()
        config.stash[_SANDBOX] = opened.enter_context(Sandbox())
    try:
        yield from law(lesson, config.stash[_SANDBOX])
    except IsolationError as error:
        yield f"nothing can be graded here: {error}"

"""A course: a folder whose `course.toml` has a `[course]` table; which one is used, and its lessons."""

from __future__ import annotations

import hashlib
import os
import re
import sys
import tomllib
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from ..words import _
from ..words.errors import GraderError
from ..words.language import speak_also
from .nouns import Lesson, Library
from .packs import PackError

if TYPE_CHECKING:
    from .packs.reader import Pack

NAME = "course.toml"
# Names the folder of the course that is used; processes that this one starts use the same.
VARIABLE = "NNBH_COURSE"
# Of packages that bring a course: {name of the course: package}, which has the course in `course/`, or stands in its folder.
GROUP = "nn_by_hand.courses"
# Where an installed course has its solutions, which are a wheel of their own.
_SOLUTIONS = "source_solutions"


class CourseError(GraderError):
    """There is no course, or its course.toml cannot be used; the message says what to do."""


class UnknownLesson(GraderError, LookupError):
    """No lesson of that name; the message lists the names there are."""


class MissingPack(UnknownLesson, PackError):
    """A lesson of the course whose pack is not here; the message says what to do."""


@dataclass(frozen=True)
class Course:
    """What the `[course]` table of a `course.toml` says, and where it stands.

    lessons     the names of all its lessons, in order
    library     the package that notebooks import besides numpy; '' where there is none
    languages   those into which its sentences are translated
    symbols     names of quantities as its formulas write them, a regular expression: what is said of mutants may use them
    changes     (version, lesson, what somebody with an older copy of it should know)
    """

    folder: Path
    name: str
    title: str
    version: str
    lessons: tuple[str, ...]
    library: str = ""
    languages: tuple[str, ...] = ()
    symbols: str = ""
    changes: tuple[tuple[str, str, str], ...] = ()

    @property
    def sources(self) -> Path:
        """The folder that has one folder for each lesson."""
        here = self.folder / _SOLUTIONS
        installed = None if here.is_dir() else find_spec(_SOLUTIONS)
        return Path(next(iter(installed.submodule_search_locations or ()))) if installed else here

    def module(self, lesson: str, name: str) -> ModuleType:
        """A module of a lesson's folder, under a private name, so that two courses do not meet.

        Raises CourseError where it is not there or is no good.
        """
        path = self.sources / lesson / f"{name}.py"
        if not self.sources.is_dir():
            raise CourseError(
                f"{self.folder} holds no solutions, which grading and building need: use a checkout of the course, or install "
                "the wheel of its solutions"
            )
        if not path.is_file():
            raise CourseError(
                f"{self.folder / NAME} lists the lesson `{lesson}`, and there is no {path}: write it, or correct the name"
            )
        package = f"_course_{hashlib.sha256(str(self.sources).encode()).hexdigest()[:8]}"
        for parent, folder in ((package, self.sources), (f"{package}.{lesson}", self.sources / lesson)):
            # Empty packages: what stands in their __init__.py is for whoever imports the solutions.
            sys.modules.setdefault(parent, _package(parent, folder))
        try:
            return import_module(f"{package}.{lesson}.{name}")
        except Exception as error:
            raise CourseError(f"{_where(error, path)}: {type(error).__name__}: {error}") from error

    def here(self) -> tuple[str, ...]:
        """The lessons whose packs are here: of what was released, or of an autograder, not all are."""
        return tuple(name for name in self.lessons if (self.packs / f"{name}.pack").is_file())

    @property
    def packs(self) -> Path:
        """The folder of the lessons' packs."""
        return self.folder / "packs"

    def pack(self, name: str) -> Pack:
        """The pack of a lesson, read again if its file has changed. Raises UnknownLesson, PackError."""
        path = self.packs / f"{self._known(name)}.pack"
        try:
            written = path.stat().st_mtime_ns
        except OSError:
            said = _(
                "{path} is missing: take the newest release of your course, install nn-by-hand again, or run `grader build` "
                "in a checkout."
            )
            raise MissingPack(said.format(path=path)) from None
        return _pack(path, written)

    def lesson(self, name: str) -> Lesson:
        """A lesson as its pack holds it: all that a check needs. Raises UnknownLesson, PackError."""
        return _lesson(self, self.pack(name).lesson)

    def declared(self, name: str) -> Lesson:
        """A lesson as it is declared, with the generators of its cases and what its known mistakes edit. Raises UnknownLesson."""
        return _declared(self, self._known(name))

    def _known(self, name: str) -> str:
        if name not in self.lessons:
            said = _('There is no lesson "{name}". The lessons here are: {names}.')
            other = _(
                "A notebook of another course needs its folder: keep it beside its course.toml, or say `--course FOLDER`."
            )
            raise UnknownLesson(f"{said.format(name=name, names=', '.join(self.here()))} {other}")
        return name

    @property
    def given(self) -> Path:
        """The folder of what the library gives of earlier lessons."""
        package = find_spec(self.library) if self.library else None
        places = (package and package.submodule_search_locations) or [str(self.folder)]
        return Path(next(iter(places))) / "given"

    def library_in(self, lesson: str) -> Library:
        """The course's library as a lesson may have it."""
        return Library(self.library, frozenset(self.lessons[self.lessons.index(lesson) :]))


def _where(error: Exception, path: Path) -> str:
    """The file and the line of a lesson at which importing it stopped."""
    if isinstance(error, SyntaxError) and error.filename:
        return f"{error.filename}, line {error.lineno}"
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
    return f"{path}, line {frames[-1].lineno}" if frames else str(path)


def _package(name: str, folder: Path) -> ModuleType:
    module = ModuleType(name)
    module.__path__ = [str(folder)]
    return module


@cache
def _pack(path: Path, _written: int) -> Pack:
    # Here, because where student code runs nothing reads a pack.
    from .packs.reader import Pack

    return Pack(path)


@cache
def _lesson(course: Course, lesson: Lesson) -> Lesson:
    return replace(lesson, number=course.lessons.index(lesson.name) + 1)


@cache
def _declared(course: Course, name: str) -> Lesson:
    declared: Lesson = course.module(name, "cases").LESSON
    exercises = tuple(replace(exercise, lesson=name) for exercise in declared.exercises)
    return _lesson(course, replace(declared, name=name, exercises=exercises))


# ---- which course


def current() -> Course:
    """The course that was chosen, else the installed one. Raises CourseError."""
    return read_course(Path(os.environ.get(VARIABLE) or _installed()))


def chosen() -> Course:
    """The course that was chosen, never the installed one: for code that writes into a course. Raises CourseError."""
    if not (folder := os.environ.get(VARIABLE)):
        said = _(
            "There is no course.toml with a [course] table here or above: go to the folder of your course, or name it, as in `--course FOLDER`."
        )
        raise CourseError(said)
    return read_course(Path(folder))


def choose(folder: Path) -> None:
    """Use the course of this folder from now on. Raises CourseError."""
    os.environ[VARIABLE] = str(read_course(folder.absolute()).folder)


@contextmanager
def using(folder: Path) -> Iterator[None]:
    """Use the course of this folder inside the `with` block. Raises CourseError."""
    before = os.environ.get(VARIABLE)
    choose(folder)
    try:
        yield
    finally:
        os.environ.pop(VARIABLE)
        if before is not None:
            os.environ[VARIABLE] = before


def choose_nearest(start: Path) -> None:
    """Use the course in or above a folder, unless one was chosen before; where there is none, the installed one."""
    if not os.environ.get(VARIABLE) and (found := nearest_course(start)):
        choose(found)


def nearest_course(start: Path) -> Path | None:
    """The folder of the nearest `course.toml` with a `[course]` table, in or above this one."""
    start = start.absolute()
    return next((place for place in (start, *start.parents) if _is_course(place / NAME)), None)


def _is_course(path: Path) -> bool:
    try:
        text = path.read_text(encoding="utf-8")
        return "course" in tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        # A folder that was meant to be a course is not passed over for another: reading it says what is wrong.
        return "[course]" in text
    except (OSError, ValueError):
        return False


@cache
def _installed() -> str:
    for point in entry_points(group=GROUP):
        package = find_spec(point.value)
        for place in map(Path, (package and package.submodule_search_locations) or ()):
            for folder in (place / "course", place.parent):
                if (folder / NAME).is_file():
                    return str(folder)
    said = _("There is no course here: install one, or name its folder, as in `--course FOLDER` or {variable}=FOLDER.")
    raise CourseError(said.format(variable=VARIABLE))


@cache
def read_course(folder: Path) -> Course:
    """The course of a folder. Raises CourseError."""
    path = folder / NAME
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))["course"]
    except OSError as error:
        raise CourseError(f"{path} cannot be read ({error.strerror}): name the folder of a course") from None
    except KeyError:
        raise CourseError(f"{path} has no [course] table: that is where a course lists its lessons") from None
    except ValueError as error:
        raise CourseError(f"{path}: this is not TOML: {error}") from None
    texts_and_lists = {key: _value(path, key, found) for key in (*_TEXTS, *_LISTS)}
    return Course(folder, changes=tuple(_changes(path, found.get("changes", {}))), **texts_and_lists)


_TEXTS = {"name": True, "title": True, "version": True, "library": False, "symbols": False}
_LISTS = {"lessons": True, "languages": False}


def _value(path: Path, key: str, found: Mapping[str, Any]) -> Any:
    """One entry of the table, of the right type. Raises CourseError."""
    needed, empty = (_TEXTS[key], "") if key in _TEXTS else (_LISTS[key], [])
    value = found.get(key, empty)
    texts = value if isinstance(value, list) else [value]
    if isinstance(value, list) != (key in _LISTS) or not all(isinstance(text, str) for text in texts):
        raise CourseError(
            f"{path}: `{key}` in [course] is {value!r}; write {'texts in [ ]' if key in _LISTS else 'a text'}"
        )
    if needed and not value:
        raise CourseError(f"{path}: [course] needs `{key}`")
    if key == "symbols":
        _check_expression(path, value)
    if key == "lessons" and (wrong := [text for text in texts if not text.isidentifier()]):
        raise CourseError(
            f"{path}: {wrong[0]!r} in `lessons` cannot be the name of a lesson: use letters, digits and _ only"
        )
    return tuple(value) if key in _LISTS else value


def _changes(path: Path, found: Any) -> Iterator[tuple[str, str, str]]:
    """What `[course.changes."0.2.0"]` and the like say of lessons. Raises CourseError."""
    for version, news in found.items() if isinstance(found, dict) else [("", found)]:
        if not isinstance(news, dict) or not all(isinstance(text, str) for text in news.values()):
            raise CourseError(
                f'{path}: `changes` in [course] is a table for each version: [course.changes."0.2.0"], then lesson = "text"'
            )
        yield from ((version, lesson, text) for lesson, text in news.items())


def _check_expression(path: Path, text: str) -> None:
    try:
        re.compile(text)
    except re.error as error:
        raise CourseError(f"{path}: `symbols` is not a regular expression ({error}): {text!r}") from None


def translations(language: str) -> Mapping[str, str]:
    """{sentence: what it is in a language} of the lessons of the course that is used; nothing where there is none."""
    try:
        return _translations(current(), language)
    except CourseError:
        return {}


@cache
def _translations(course: Course, language: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for name in course.lessons:
        # What a damaged pack would say is said in English; what is wrong with it, whoever needs the lesson says.
        with suppress(PackError):
            found.update(course.pack(name).translations(language))
    return found


def lesson_names() -> tuple[str, ...]:
    """The lessons of the course that is used, in order, as far as they are here."""
    return current().here()


def load_lesson(name: str) -> Lesson:
    """A lesson of the course that is used, as its pack holds it. Raises UnknownLesson, CourseError, PackError."""
    return current().lesson(name)


speak_also(translations)

"""A course, or a lesson in one, to begin with: small, and it builds, checks and grades as it stands."""

from __future__ import annotations

import keyword
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files as packaged
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from ..course import Course, files
from ..course.courses import NAME
from ..words.errors import GraderError

if TYPE_CHECKING:
    from jinja2 import Environment

FIRST = "first_lesson"
_SUFFIX = ".jinja"
_LESSONS = re.compile(r"^lessons\s*=\s*\[((?:[^\]#]|#.*)*)\]", re.MULTILINE)


class NewError(GraderError):
    """What is asked for cannot be made here; the message says what to do."""


def new_course(folder: Path) -> Iterator[Path]:
    """Write a course with one lesson into a folder that is new or empty; the files written. Raises NewError, FileError."""
    if folder.exists() and not folder.is_dir():
        raise NewError(f"{folder} is a file: name a new folder")
    # A folder that Git has just made is empty to a person.
    if folder.is_dir() and (there := sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))):
        raise NewError(f"{folder} has {there[0]} in it: name a new folder, or an empty one")
    name = folder.absolute().name
    title = _title(name)
    yield from _write("course", folder, name=_spelt(name), title=title, lesson=FIRST)
    yield from _write("lesson", folder / "source_solutions" / FIRST, name=FIRST, title=_title(FIRST))


def new_lesson(course: Course, name: str) -> Iterator[Path]:
    """Write a lesson and its line in course.toml; the files written. Raises NewError, FileError."""
    if not name.isidentifier() or keyword.iskeyword(name):
        raise NewError(
            f"{name!r} cannot be the name of a lesson: it is imported, so use letters, digits and _ only, as in {FIRST}"
        )
    folder, toml = course.folder / "source_solutions" / name, course.folder / NAME
    if name in course.lessons:
        raise NewError(f"{toml} lists {name} already: take another name")
    if folder.exists():
        raise NewError(f"{folder} is there already: take another name, or write the line into {toml} yourself")
    listed = _with_lesson(toml, name)
    yield from _write("lesson", folder, name=name, title=_title(name))
    files.write(toml, listed.encode())
    yield toml


def _write(start: str, folder: Path, **words: str) -> Iterator[Path]:
    """Write the files of one of the templates' folders."""
    root = packaged("grader") / "templates" / "new" / start
    for parts in _files(root):
        path = folder.joinpath(*parts).with_suffix("")
        text = _templates().get_template("/".join(("new", start, *parts))).render(words)
        files.write(path, text.encode())
        yield path


def _files(folder: Traversable) -> Iterator[tuple[str, ...]]:
    for one in sorted(folder.iterdir(), key=lambda one: one.name):
        if one.is_dir():
            yield from ((one.name, *below) for below in _files(one))
        elif one.name.endswith(_SUFFIX):
            yield (one.name,)


@cache
def _templates() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("grader"), keep_trailing_newline=True, undefined=StrictUndefined, autoescape=False
    )


def _with_lesson(toml: Path, name: str) -> str:
    """The text of a course.toml with one more lesson at the end of its list; the rest is as its author wrote it."""
    text = files.decoded(files.read(toml), toml)
    wanted = tomllib.loads(text)
    wanted["course"]["lessons"].append(name)
    found = _LESSONS.search(text)
    made = text[: found.start(1)] + _longer(found[1], name) + text[found.end(1) :] if found else ""
    if not made or tomllib.loads(made) != wanted:
        raise NewError(f'{toml}: write the lesson into `lessons` yourself, as in lessons = [..., "{name}"]')
    return made


def _longer(inside: str, name: str) -> str:
    """The inside of a TOML list with one more string, on a line of its own if the others have theirs."""
    items = re.sub(r"#.*", lambda comment: " " * len(comment[0]), inside).rstrip()
    comma = "," if items and not items.endswith(",") else ""
    before = inside[: len(items)] + comma + inside[len(items) :].rstrip()
    if "\n" not in inside:
        return f'{before} "{name}"' if items else f'"{name}"'
    indent = next(iter(re.findall(r"\n([ \t]*)[^\s]", inside)), "    ")
    return f'{before}\n{indent}"{name}",\n'


def _title(name: str) -> str:
    """A name as a title to begin with: 'least_squares' -> 'Least squares'."""
    words = re.sub(r"[\W_]+", " ", name).strip() or "course"
    return words[0].upper() + words[1:]


def _spelt(name: str) -> str:
    """A folder's name as the short name of a course: 'Line fitting' -> 'line-fitting'."""
    return re.sub(r"[\W_]+", "-", name.lower()).strip("-") or "course"

"""What students get, and nothing else: notebooks, data, environment files, a README, and what checks them.

Of the course that this checkout is, what checks them is a wheel: engine, library and packs. Of any other it is the engine as
anybody installs it, and the packs beside the notebooks.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from importlib.metadata import metadata, requires
from pathlib import Path

from jinja2 import Environment, PackageLoader

from .. import __version__
from ..course import Lesson, current, files
from ..course.courses import NAME
from ..course.packaged import assistant_files, data_files
from ..words import _
from ..words.errors import GraderError
from .build import lessons, notebook_of, pack_of, stale
from .wheel import ROOT, build_wheel, course_of

_ENGINE = "nn-by-hand"
_NEVER = '# Who is in a course is not somebody who studies alone.\nsolutions = "never"\n'


class ReleaseError(GraderError):
    """A release that cannot be made; the message says what to do."""


def chosen(asked: str | None) -> list[Lesson]:
    """'01-03' or '2': the lessons of these numbers; all where nothing is asked. Raises ReleaseError."""
    there = lessons()
    first, _dash, last = (asked or f"1-{len(there)}").partition("-")
    try:
        found = [lesson for lesson in there if int(first) <= lesson.number <= int(last or first)]
    except ValueError:
        found = []
    if not found:
        raise ReleaseError(
            f"--lessons {asked}: there are no such lessons; write numbers from 1 to {len(there)}, as in 01-03 or 02"
        )
    return found


def write_release(asked: Sequence[Lesson], folder: Path, language: str = "") -> Iterator[Path]:
    """Write a release of these lessons to a new or empty folder; its files. Raises ReleaseError, WheelError, BuildError.

    Its notebooks are in the language where there are any, else in English.
    It checks every lesson up to the last of them, so that a newer release can do all that an older one could.
    """
    own = current().folder == ROOT
    if current().library and not own:
        raise ReleaseError(
            f"the course imports {current().library}, which a released folder cannot bring: give what students need of it in "
            "the notebooks, and leave `library` out of course.toml"
        )
    _make_empty(folder)
    up_to = [lesson for lesson in lessons() if lesson.number <= asked[-1].number]
    if reasons := [why for lesson in up_to for why in stale(lesson)]:
        raise ReleaseError(f"{reasons[0]}\nRun `grader build`, look at what changed, and release then.")
    yield from (_with_wheel if own else _with_packs)(asked, up_to, folder)
    for lesson in asked:
        path = notebook_of(lesson, folder / "notebooks")
        there = notebook_of(lesson, language=language)
        files.write(path, files.read(there if there.is_file() else notebook_of(lesson)))
        yield path
    for path in assistant_files():
        yield Path(shutil.copy(path, folder))
    for path in data_files(current()):
        (folder / "datasets").mkdir(exist_ok=True)
        yield Path(shutil.copy(path, folder / "datasets"))


def _with_wheel(asked: Sequence[Lesson], up_to: Sequence[Lesson], folder: Path) -> Iterator[Path]:
    """The wheel of these lessons, and texts that install it."""
    readme = _readme(asked, _ENGINE)
    with tempfile.TemporaryDirectory() as work:
        wheel = build_wheel(up_to, f"{__version__}+{asked[-1].number}", readme, folder, Path(work))
    yield wheel
    yield from _texts(folder, readme, f"./{wheel.name}", _ENGINE, _NEVER)


def _with_packs(asked: Sequence[Lesson], up_to: Sequence[Lesson], folder: Path) -> Iterator[Path]:
    """The packs of these lessons and their course.toml, and texts that install the engine."""
    name = current().name
    course = f"{_NEVER}\n{course_of(up_to)}"
    yield from _texts(folder, _readme(asked, name), f"{_ENGINE}>={__version__}", name, course)
    for path in map(pack_of, up_to):
        (folder / "packs").mkdir(exist_ok=True)
        yield Path(shutil.copy(path, folder / "packs"))


def _make_empty(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise ReleaseError(f"{folder} is not empty: name a new folder, or empty this one")
    except OSError as error:
        raise ReleaseError(f"{folder} cannot be made ({error.strerror}): name another folder") from None


def _texts(folder: Path, readme: str, engine: str, environment: str, course: str) -> Iterator[Path]:
    """The files that say what to install, as pip and conda read them, and what the course is."""
    # What one platform alone needs, pip finds out with the engine.
    needed = [one for one in requires(_ENGINE) or () if ";" not in one]
    conda = [
        f"name: {environment}",
        "channels:",
        "  - conda-forge",
        "dependencies:",
        f"  - python{metadata(_ENGINE)['Requires-Python']}",
    ]
    conda += [f"  - {one}" for one in [*needed, _jupyterlab(), "pip"]] + ["  - pip:", f"      - {engine}"]
    texts = {
        "README.md": readme,
        "environment.yml": "\n".join(conda) + "\n",
        "requirements.txt": f"{engine}\n{_jupyterlab()}\n",
        NAME: course,
    }
    for name, text in texts.items():
        files.write(folder / name, text.encode())
        yield folder / name
    for licence in current().folder.glob("LICENSE*"):
        yield Path(shutil.copy(licence, folder))


def _jupyterlab() -> str:
    return next(one.split(";")[0].strip() for one in requires(_ENGINE) or () if one.startswith("jupyterlab"))


def _readme(asked: Sequence[Lesson], environment: str) -> str:
    page = Environment(loader=PackageLoader("grader"), trim_blocks=True, autoescape=False).get_template("release.md")
    course = current()
    words = {
        "title": course.title,
        "version": course.version,
        "data": bool(data_files(current())),
        "own": environment == _ENGINE,
    }
    return page.render(_=_, lessons=asked, environment=environment, **words) + "\n"


def given_away(asked: Sequence[Lesson]) -> list[str]:
    """The lessons whose solutions the released wheel contains, because later lessons begin with them."""
    modules = {path.stem for path in current().given.glob("*.py")}
    return [lesson.name for lesson in lessons() if lesson.number < asked[-1].number and lesson.name in modules]

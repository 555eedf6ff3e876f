"""What students get, and nothing else: notebooks, data, the wheel without solutions, environment files, a README."""

from __future__ import annotations

import shutil
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

from jinja2 import Environment, PackageLoader

from .. import __version__, files
from ..build import ROOT, lessons, notebook_of, notebook_text, read_source, release, source_of, stale
from ..course import Lesson, current
from ..words import _
from .wheel import build_wheel


class ReleaseError(Exception):
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


def write_release(asked: Sequence[Lesson], folder: Path) -> Iterator[Path]:
    """Write a release of these lessons to a new or empty folder; its files. Raises ReleaseError, WheelError, BuildError.

    The wheel checks every lesson up to the last of them, so that installing it takes nothing away.
    """
    _make_empty(folder)
    up_to = [lesson for lesson in lessons() if lesson.number <= asked[-1].number]
    if reasons := [why for lesson in up_to for why in stale(lesson)]:
        raise ReleaseError(f"{reasons[0]}\nRun `grader build`, look at what changed, and release then.")
    readme = _readme(asked)
    with tempfile.TemporaryDirectory() as work:
        wheel = build_wheel(up_to, f"{__version__}+{asked[-1].number}", readme, folder, Path(work))
    yield wheel
    yield from _texts(folder, readme, wheel.name)
    for lesson in asked:
        path = notebook_of(lesson, folder / "notebooks")
        made = release(read_source(lesson, source_of(lesson).read_text(encoding="utf-8")))
        files.write(path, notebook_text(made).encode())
        yield path
    (folder / "datasets").mkdir()
    for path in [*sorted((ROOT / "datasets").glob("*.h5")), ROOT / "datasets" / "README.md"]:
        yield Path(shutil.copy(path, folder / "datasets"))


def _make_empty(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise ReleaseError(f"{folder} is not empty: name a new folder, or empty this one")
    except OSError as error:
        raise ReleaseError(f"{folder} cannot be made ({error.strerror}): name another folder") from None


def _texts(folder: Path, readme: str, wheel: str) -> Iterator[Path]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    # What one platform alone needs, pip finds out with the wheel.
    needed = [one for one in [*project["dependencies"], _jupyterlab(project)] if ";" not in one]
    conda = [
        "name: nn-by-hand",
        "channels:",
        "  - conda-forge",
        "dependencies:",
        f"  - python{project['requires-python']}",
    ]
    conda += [f"  - {one}" for one in [*needed, "pip"]] + ["  - pip:", f"      - ./{wheel}"]
    texts = {
        "README.md": readme,
        "environment.yml": "\n".join(conda) + "\n",
        "requirements.txt": f"./{wheel}\n{_jupyterlab(project)}\n",
        # Who is in a course is not somebody who studies alone.
        "course.toml": 'solutions = "never"\n',
        "LICENSE": (ROOT / "LICENSE").read_text(encoding="utf-8"),
    }
    for name, text in texts.items():
        files.write(folder / name, text.encode())
        yield folder / name


def _jupyterlab(project: dict[str, dict[str, list[str]]]) -> str:
    return next(one for one in project["optional-dependencies"]["teach"] if one.startswith("jupyterlab"))


def _readme(asked: Sequence[Lesson]) -> str:
    page = Environment(loader=PackageLoader("grader"), trim_blocks=True, autoescape=False).get_template("release.md")
    return page.render(_=_, title=current().title, lessons=asked, version=current().version) + "\n"


def given_away(asked: Sequence[Lesson]) -> list[str]:
    """The lessons of which the released wheel holds solutions, because later ones begin with them."""
    modules = {path.stem for path in current().given.glob("*.py")}
    return [lesson.name for lesson in lessons() if lesson.number < asked[-1].number and lesson.name in modules]

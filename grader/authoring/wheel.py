"""The students' wheel: the engine, the library, and of the released lessons the packs, the notebooks and the data."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from ..course import Lesson, current, files
from ..course.courses import NAME
from ..words.errors import GraderError
from .build import notebook_of

# The checkout of the engine; where the engine is installed, nothing of one is there.
ROOT = Path(__file__).parents[2]
_LEFT_OUT = ("__pycache__", "*.pyc", ".*", "update.py", "*.po")


class WheelError(GraderError):
    """The wheel could not be built; the message says what to do."""


def build_wheel(lessons: Sequence[Lesson], version: str, readme: str, folder: Path, work: Path) -> Path:
    """Write the wheel for these lessons to `folder`; its path. `work` is an empty folder to build in. Raises WheelError."""
    stage(lessons, work)
    (work / "README.md").write_text(readme, encoding="utf-8")
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (work / "pyproject.toml").write_text(_with_version(project, version), encoding="utf-8")
    shutil.copy(ROOT / "hatch_build.py", work)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder.absolute())]
    # The same wheel, byte for byte, whenever it is built.
    environment = os.environ | {"SOURCE_DATE_EPOCH": "1577836800"}
    built = subprocess.run(command, cwd=work, env=environment, capture_output=True, text=True, check=False)
    if built.returncode:
        last = (built.stderr.strip().splitlines() or ["no reason was given"])[-1]
        raise WheelError(f"the wheel could not be built ({last}): run `pip install -e '.[teach]'` in this checkout")
    return next(folder.glob("*.whl"))


def _with_version(project: str, version: str) -> str:
    """The project with a version of its own, in the place of the engine's."""
    return project.replace('dynamic = ["version"]', f'version = "{version}"')


def stage(lessons: Sequence[Lesson], work: Path) -> None:
    """Put into `work` the packages as the wheel holds them."""
    last, library = lessons[-1], current().library
    shutil.copytree(ROOT / "grader", work / "grader", ignore=shutil.ignore_patterns(*_LEFT_OUT))
    shutil.copytree(ROOT / library, work / library, ignore=shutil.ignore_patterns(*_LEFT_OUT, "given"))
    course = work / library / "course"
    shutil.copytree(ROOT / "datasets", course / "datasets", ignore=shutil.ignore_patterns(*_LEFT_OUT, "*.py"))
    files.write(course / NAME, course_of(lessons).encode())
    shutil.copy(ROOT / "LICENSE", work)
    packs, given = course / "packs", work / library / "given"
    for made in (packs, given):
        made.mkdir(exist_ok=True)
    for lesson in lessons:
        shutil.copy(current().packs / f"{lesson.name}.pack", packs)
        for language in ("", *current().languages):
            made, there = notebook_of(lesson, language=language), notebook_of(lesson, course / "notebooks", language)
            if made.is_file():
                there.parent.mkdir(parents=True)
                shutil.copy(made, there)
    for path in current().given.glob("*.py"):
        if not current().library_in(last.name).hides(path.stem):
            text = path.read_text(encoding="utf-8")
            (given / path.name).write_text(_without_later(text, last.name), encoding="utf-8")


def course_of(lessons: Sequence[Lesson]) -> str:
    """The course.toml of these lessons alone."""
    course = current()
    texts = {"name": course.name, "title": course.title, "version": course.version, "library": course.library}
    lists = {"lessons": [lesson.name for lesson in lessons], "languages": list(course.languages)}
    changes = [change for change in course.changes if change[1] in lists["lessons"]]
    news = [f"changes.{_toml(version)}.{lesson} = {_toml(text)}\n" for version, lesson, text in changes]
    return "[course]\n" + "".join([*(f"{key} = {_toml(value)}\n" for key, value in {**texts, **lists}.items()), *news])


def _toml(value: str | Sequence[str]) -> str:
    """One or several strings as TOML writes them: JSON's form serves, as long as no letter is escaped."""
    return json.dumps(value, ensure_ascii=False)


def _without_later(source: str, lesson: str) -> str:
    """A module of what the library gives without what it imports from this lesson or later ones."""
    tree = ast.parse(source)
    later = [
        node
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and current().library_in(lesson).hides(node.module or "")
    ]
    if not later:
        return source
    gone = {alias.asname or alias.name for node in later for alias in node.names}
    tree.body = [node for node in tree.body if node not in later]
    for node in ast.walk(tree):
        if isinstance(node, ast.List):
            node.elts = [item for item in node.elts if not (isinstance(item, ast.Constant) and item.value in gone)]
    return ast.unparse(tree) + "\n"

"""The students' wheel: what `check` and the notebooks of the released lessons need, without anything of a solution.

A declaration holds pieces of solutions: the edits of its misconceptions, the names of its mutants, often its cases.
`check` needs none of these, for the cases are stored. So what the wheel gets is the declaration without them.
"""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from .. import files
from ..build import ROOT, notebook_of
from ..course import Exercise, Lesson, current
from ..course.courses import NAME
from ..references import path_of, read_references

_LEFT_OUT = ("__pycache__", "*.pyc", ".*", "solutions.py", "update.py", "*.po")


class WheelError(Exception):
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
    lines = project.split("\n")
    place = next(number for number, line in enumerate(lines) if line.startswith("version = "))
    return "\n".join([*lines[:place], f'version = "{version}"', *lines[place + 1 :]])


def stage(lessons: Sequence[Lesson], work: Path) -> None:
    """Put into `work` the packages as the wheel holds them."""
    last = lessons[-1]
    shutil.copytree(ROOT / "grader", work / "grader", ignore=shutil.ignore_patterns(*_LEFT_OUT, "*.h5"))
    shutil.copytree(ROOT / "nnlab", work / "nnlab", ignore=shutil.ignore_patterns(*_LEFT_OUT, "given"))
    course = work / current().library / "course"
    shutil.copytree(ROOT / "datasets", course / "datasets", ignore=shutil.ignore_patterns(*_LEFT_OUT, "*.py"))
    files.write(course / NAME, _course_of(lessons).encode())
    shutil.copy(ROOT / "LICENSE", work)
    declarations, references, given = course / "source_solutions", work / "grader/reference", work / "nnlab/given"
    for made in (declarations, references, given):
        made.mkdir(exist_ok=True)
    for catalogue in (work / "grader" / "locale").glob("*/*/*.mo"):
        if catalogue.stem not in ("grader", *(lesson.name for lesson in lessons)):
            catalogue.unlink()
    declared = {f"{lesson.name}/cases": declaration(lesson) for lesson in lessons}
    for name, text in {**declared, **shared(declared.values())}.items():
        files.write(declarations / f"{name}.py", text.encode())
    for lesson in lessons:
        shutil.copy(path_of(lesson), references)
        shutil.copytree(
            notebook_of(lesson).parent, course / "notebooks" / lesson.folder, ignore=shutil.ignore_patterns(".*")
        )
    for path in (ROOT / "nnlab" / "given").glob("*.py"):
        if not current().library_in(last.name).hides(path.stem):
            text = path.read_text(encoding="utf-8")
            (given / path.name).write_text(_without_later(text, last.name), encoding="utf-8")


def _course_of(lessons: Sequence[Lesson]) -> str:
    """The course.toml of these lessons alone."""
    course = current()
    texts = {"name": course.name, "title": course.title, "version": course.version, "library": course.library}
    lists = {"lessons": [lesson.name for lesson in lessons], "languages": list(course.languages)}
    return "[course]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in {**texts, **lists}.items())


def _without_later(source: str, lesson: str) -> str:
    """A module of `nnlab.given` without what it imports from this lesson or later ones."""
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


def declaration(lesson: Lesson) -> str:
    """The source of a lesson's declarations as students get it: points, sentences, and what judges; no edit, no case."""
    path = current().sources / lesson.name / "cases.py"
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and (decorator := _decorator(node)):
            _strip(node, decorator, lesson.exercise(node.name))
    return _only(tree, {"LESSON", *_stand_ins(lesson)})


def shared(declarations: Iterable[str]) -> dict[str, str]:
    """{module: its source} of what these declarations share: as much of each as they use."""
    used: defaultdict[str, set[str]] = defaultdict(set)
    for tree in map(ast.parse, declarations):
        imports = [node for node in tree.body if isinstance(node, ast.ImportFrom) and node.level and not node.module]
        for name in (alias.name for node in imports for alias in node.names):
            used[name] |= {
                node.attr
                for node in ast.walk(tree)
                if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == name
            }
    folder = current().sources
    return {
        name: _only(ast.parse((folder / f"{name}.py").read_text(encoding="utf-8")), wanted)
        for name, wanted in used.items()
    }


def _only(tree: ast.Module, wanted: Collection[str]) -> str:
    """The source of a module with what the wanted names use, and nothing else."""
    kept = _reachable(tree, wanted)
    tree.body = [node for node in tree.body if not (names := _bound(node)) or names & kept]
    return ast.unparse(ast.fix_missing_locations(tree)) + "\n"


def _decorator(node: ast.FunctionDef) -> ast.Call | None:
    """The `@exercise(...)` of a generator of cases."""
    calls = [one for one in node.decorator_list if isinstance(one, ast.Call)]
    return next((one for one in calls if isinstance(one.func, ast.Name) and one.func.id == "exercise"), None)


def _strip(node: ast.FunctionDef, decorator: ast.Call, exercise: Exercise) -> None:
    """Leave of an exercise its points, its misconceptions' ids and sentences, and how it is judged."""
    kept = [keyword for keyword in decorator.keywords if keyword.arg not in ("misconceptions", "equivalent")]
    known = "[" + ", ".join(f"Misconception({m.id!r}, '', '', {m.sentence!r})" for m in exercise.misconceptions) + "]"
    decorator.keywords = [*kept, ast.keyword("misconceptions", ast.parse(known, mode="eval").body)]
    node.body = ast.parse("yield from ()").body


def _stand_ins(lesson: Lesson) -> Iterator[str]:
    """The functions that stored cases name."""
    for exercise in lesson.exercises:
        for case in (reference.case for reference in read_references(lesson, exercise)):
            yield from (given.function.__name__ for given in case.given.values())
            if case.pace:
                yield case.pace.work.function.__name__


def _reachable(tree: ast.Module, wanted: Collection[str]) -> set[str]:
    """The names of the module that the wanted ones use, themselves included."""
    found: set[str] = set()
    new = set(wanted)
    while new:
        found |= new
        used = {
            inner.id
            for node in tree.body
            if _bound(node) & new
            for inner in ast.walk(node)
            if isinstance(inner, ast.Name)
        }
        new = used - found
    return found


def _bound(node: ast.stmt) -> set[str]:
    """The names that a statement of a module defines; none for an import or a docstring."""
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return {node.name}
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return {inner.id for target in targets if target for inner in ast.walk(target) if isinstance(inner, ast.Name)}

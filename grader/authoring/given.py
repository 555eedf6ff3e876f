"""Solved lessons -> the modules of a course's library with the functions that later lessons begin with: given/*.py.

A cell tagged `given` gives its functions, with what they use. On an exercise's cell this is the solution. A cell that holds
another version of an exercise's function is a comment in the module (`tags=["active-ipynb", "given"]`) and not in the notebook.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..course import Lesson, current, files
from ..course.courses import NAME
from ..grading import sampling, solutions
from ..judging.points import Played
from ..judging.reasons import explained
from ..running.calling import call
from .build import source_of
from .errors import BuildError, in_cell
from .stubs import END, START
from .tags import GIVEN

if TYPE_CHECKING:
    from nbformat import NotebookNode

_LINES_OF_IPYTHON = re.compile(r"^\s*[%!].*$", re.MULTILINE)


@dataclass(frozen=True)
class _Piece:
    """A definition at the top of a lesson, or an imported name; `uses` are the names that stand in it.

    module   where a name is imported from: "" for a module, None if it is not an import
    """

    text: str
    uses: frozenset[str] = frozenset()
    module: str | None = None


@dataclass(frozen=True)
class _Given:
    """What a lesson gives, in the order of its source: the functions that are marked, and what they use.

    versions   the exercises that have a given version of their own
    homes      {function: the lesson that gives it}, of those that the lesson imports from the package itself
    """

    lesson: Lesson
    pieces: Mapping[str, _Piece]
    versions: frozenset[str]
    homes: Mapping[str, str]


def package() -> str:
    """The package of these modules, as notebooks import it. Raises BuildError."""
    if not current().library:
        raise BuildError(
            f"{current().folder / NAME}: cells are tagged `given`, and [course] names no `library` for them"
        )
    return f"{current().library}.given"


def folder() -> Path:
    """Where these modules stand in the course's folder."""
    course = current()
    return course.folder / course.library / "given"


def given_names(lesson: Lesson) -> frozenset[str]:
    """The names of what a lesson gives. Raises BuildError."""
    return frozenset(_read(lesson, source_of(lesson).read_text(encoding="utf-8"), None).pieces)


def modules(sources: Sequence[tuple[Lesson, str]]) -> dict[str, str]:
    """{name of a file: its text} of the package, from each lesson and its source in the order of the course. Raises BuildError."""
    read: dict[str, _Given] = {}
    for lesson, source in sources:
        read[lesson.name] = _read(lesson, source, read)
    giving = [given for given in read.values() if given.pieces]
    at_hand = {name: home for given in read.values() for name, home in given.homes.items()}
    made = {f"{given.lesson.name}.py": _module(given) for given in giving}
    return {"__init__.py": _package(at_hand), **made} if made else {}


def write(sources: Sequence[tuple[Lesson, str]], asked: Collection[str] | None = None) -> Iterator[Path]:
    """Write the modules that are not what the solutions give; the files written. Raises BuildError.

    asked    the lessons whose given functions are checked; None for all
    """
    for name, text in modules(sources).items():
        path = folder() / name
        if not path.exists() or path.read_bytes() != text.encode():
            files.write(path, text.encode())
            yield path
    if reasons := [
        why for lesson, source in sources if asked is None or lesson.name in asked for why in wrong(lesson, source)
    ]:
        raise BuildError("\n".join(reasons))


def stale(sources: Sequence[tuple[Lesson, str]]) -> Iterator[str]:
    """Why the library's `given` is not what the solutions give. Raises BuildError."""
    built = modules(sources)
    for name, text in built.items():
        path = folder() / name
        if not path.exists():
            yield f"{_shown(path)} is missing"
        elif path.read_bytes() != text.encode():
            yield f"{_shown(path)} is not what the solutions give"
    for path in sorted(folder().glob("*.py")):
        if path.name not in built:
            yield f"{_shown(path)} is given by no lesson: delete it"


def wrong(lesson: Lesson, source: str) -> Iterator[str]:
    """Why a lesson's given version of a function is wrong, judged by the cases of its exercise. Raises BuildError."""
    given = _read(lesson, source, None)
    # Among the solutions, which the modules of the package come from.
    names = dict(vars(solutions.module_of(lesson)))
    for name in given.versions:
        exec(compile(given.pieces[name].text, f"<given by {lesson.name}>", "exec"), names)
    for exercise in lesson.exercises:
        if exercise.name in given.versions:
            function: Callable[..., Any] = names[exercise.name]
            played = [Played(one, call(function, one.case)) for one in sampling.draw(lesson, exercise)]
            for finding in (f for case in explained(exercise, played).cases for f in case.findings):
                output = finding.output or "the call"
                yield f"{lesson.name}: the given version of {exercise.name} is wrong: {output}: {finding.message}"


def all_sources(lessons: Iterable[Lesson]) -> list[tuple[Lesson, str]]:
    return [(lesson, source_of(lesson).read_text(encoding="utf-8")) for lesson in lessons]


def _read(lesson: Lesson, source: str, earlier: Mapping[str, _Given] | None) -> _Given:
    """What a lesson gives; its imports are held to what earlier lessons give, where these are known. Raises BuildError."""
    from .conversion import code_cells

    cells = code_cells(source)
    pieces = {name: piece for cell in cells if _in_module(cell) for name, piece in _pieces(cell)}
    marked = [cell for cell in cells if GIVEN in _tags(cell)]
    own = {name: piece for cell in marked if "exercise" not in cell.metadata for name, piece in _version(lesson, cell)}
    solved = [name for cell in marked if "exercise" in cell.metadata for name, _piece in _pieces(cell)]
    homes = {} if earlier is None else {n: h for cell in cells for n, h in _homes(lesson, cell, earlier)}
    return _Given(lesson, _reached({**pieces, **own}, [*solved, *own]), frozenset(own), homes)


def _tags(cell: NotebookNode) -> list[str]:
    return list(cell.metadata.get("tags", ()))


def _in_module(cell: NotebookNode) -> bool:
    return "active-ipynb" not in _tags(cell)


def _version(lesson: Lesson, cell: NotebookNode) -> Iterator[tuple[str, _Piece]]:
    """The functions of a cell with versions of their own. Raises BuildError."""
    if _in_module(cell):
        said = (
            'a cell with a given version of its own is `# %% tags=["active-ipynb", "given"]`, each line of it a comment'
        )
        raise BuildError(in_cell(lesson, said, cell))
    exercises = {exercise.name for exercise in lesson.exercises}
    found = dict(_pieces(cell))
    if not found or not found.keys() <= exercises:
        raise BuildError(
            in_cell(lesson, "a cell tagged `given` defines functions that are exercises, nothing else", cell)
        )
    yield from found.items()


def _pieces(cell: NotebookNode) -> Iterator[tuple[str, _Piece]]:
    """(name, its definition) of what a cell defines at its top."""
    lines = cell.source.split("\n")
    for node in _parsed(cell):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias in node.names:
                yield alias.asname or alias.name.partition(".")[0], _import(node, alias)
            continue
        start = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", ()))])
        kept = [line for line in lines[start - 1 : node.end_lineno] if line.strip() not in (START, END)]
        piece = _Piece("\n".join(kept), frozenset(n.id for n in ast.walk(node) if isinstance(n, ast.Name)))
        for name in _bound(node):
            yield name, piece


def _parsed(cell: NotebookNode) -> list[ast.stmt]:
    """The statements of a cell without IPython's own lines; none if it does not parse, which the build reports."""
    try:
        return ast.parse(_LINES_OF_IPYTHON.sub("", cell.source)).body
    except SyntaxError:
        return []


def _import(node: ast.Import | ast.ImportFrom, alias: ast.alias) -> _Piece:
    module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
    return _Piece(f"{alias.name} as {alias.asname}" if alias.asname else alias.name, module=module)


def _bound(node: ast.stmt) -> set[str]:
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return {node.name}
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return {inner.id for target in targets if target for inner in ast.walk(target) if isinstance(inner, ast.Name)}


def _reached(pieces: Mapping[str, _Piece], names: Sequence[str]) -> dict[str, _Piece]:
    """The definitions of these names and those they use in turn, in the order of the source."""
    wanted, new = set(names), list(names)
    while new:
        more = (pieces[new.pop()].uses & pieces.keys()) - wanted
        wanted |= more
        new += more
    return {name: piece for name, piece in pieces.items() if name in wanted}


def _homes(lesson: Lesson, cell: NotebookNode, earlier: Mapping[str, _Given]) -> Iterator[tuple[str, str]]:
    """(function, the first lesson that gives it) of what a cell imports from the package itself. Raises BuildError.

    What it imports from a module of the package must be given there.
    """
    statements = _parsed(cell) if current().library else []
    for node in (n for n in statements if isinstance(n, ast.ImportFrom)):
        before, _dot, home = (node.module or "").partition(f"{package()}.")
        names = [alias.name for alias in node.names]
        if node.module == package():
            found = {name: _first(name, earlier) for name in names if name not in earlier}
            yield from ((name, home) for name, home in found.items() if home)
            missing = [name for name, home in found.items() if not home]
        elif home and not before:
            missing = [name for name in names if home not in earlier or name not in earlier[home].pieces]
        else:
            continue
        if missing:
            said = f"no earlier lesson gives {', '.join(missing)}: tag its cell there `given`"
            raise BuildError(in_cell(lesson, said, cell))


def _first(name: str, earlier: Mapping[str, _Given]) -> str:
    """The first lesson that gives a function; "" where none does."""
    return next((home for home, given in earlier.items() if name in given.pieces), "")


def _package(at_hand: Mapping[str, str]) -> str:
    """The text of the package's own module: the functions that some lesson imports from there."""
    imports = _import_blocks((f"{package()}.{home}", name) for name, home in at_hand.items())
    listed = ", ".join(f'"{name}"' for name in sorted(at_hand))
    head = '"""Functions of earlier lessons. Built by `grader build`, never edited."""'
    return "\n\n".join([head, *imports, f"__all__ = [{listed}]\n"])


def _module(given: _Given) -> str:
    """The text of the module of a lesson."""
    imported = [(piece.module, piece.text) for piece in given.pieces.values() if piece.module is not None]
    resolved = [(_home(given, module, text), text) for module, text in imported]
    # Several names of one assignment are one definition.
    definitions = dict.fromkeys(piece.text for piece in given.pieces.values() if piece.module is None)
    head = f'"""From lesson {given.lesson.number:02}. Built from its solutions by `grader build`, never edited."""'
    return "\n\n".join([head, *_import_blocks(resolved)]) + "\n\n\n" + "\n\n\n".join(definitions) + "\n"


def _home(given: _Given, module: str, text: str) -> str:
    """Where a module of the package imports a name from: not from the package itself, which imports the modules."""
    home = given.homes.get(text.split()[0]) if module == package() else None
    return f"{package()}.{home}" if home else module


def _import_blocks(imports: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The lines that import (module, name): Python's own, installed ones, the library's. The module of a module is ""."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    for module, name in imports:
        names[f"from {module} import " if module else f"import {name}"].add(name if module else "")
    groups: defaultdict[int, list[str]] = defaultdict(list)
    for line in sorted(names, key=lambda line: (line.startswith("from"), line)):
        root = line.split()[1].partition(".")[0]
        group = 0 if root in sys.stdlib_module_names else 2 if root == current().library else 1
        groups[group].append(line + ", ".join(sorted(names[line])))
    yield from ("\n".join(groups[group]) for group in sorted(groups))


def _shown(path: Path) -> str:
    return path.relative_to(folder().parents[1]).as_posix()

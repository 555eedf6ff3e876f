"""Source code -> the definitions in it that one function needs, so that they can stand in a file of their own."""

from __future__ import annotations

import ast
import inspect
import io
import pkgutil
import re
import textwrap
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType

from ..course import current
from ..running.code_names import bound, reached, used
from ..running.computed import bound_by_assignment
from ..running.lookup import bare
from ..running.modules import IMPORTABLE
from ..running.notebook import Cell, Problem, running


@dataclass(frozen=True)
class Definition:
    """A statement that defines names, and the names it needs for that."""

    source: str
    defines: frozenset[str]
    uses: frozenset[str] = frozenset()


def submitted(cells: Sequence[Cell], lesson: str, exercises: Collection[str]) -> list[Definition]:
    """What runs of a notebook while grading, in order; what it imports from elsewhere is put in its place."""
    found: list[Definition] = []
    lines = {cell: _lines(cell.source) for cell in cells}
    for cell, statement in running(cells, exercises):
        if not isinstance(statement, Problem):
            # What parses may still not compile: two parameters of one name, or code nested too deeply.
            with suppress(SyntaxError, RecursionError):
                found += list(_definitions(statement, lines[cell], lesson))
    return found


def defined_in(source: str) -> list[Definition]:
    """The definitions of a module of ours, without what it imports from the grader: that is for annotations only."""
    statements = [s for s in ast.parse(source).body if not (isinstance(s, ast.ImportFrom) and _root(s) == "grader")]
    lines = _lines(source)
    return [one for statement in statements for one in _definitions(statement, lines)]


def _lines(source: str) -> list[str]:
    """The lines as Python counts them, split once: `ast.get_source_segment` does it anew for every statement."""
    return io.StringIO(source, newline=None).readlines()


def needed(found: Sequence[Definition], names: Collection[str]) -> list[Definition]:
    """Those that define these names, and those that they need in turn, in the order they stand."""
    defining = defaultdict(list)
    for one in found:
        for name in one.defines:
            defining[name].append(one)
    wanted = reached(names, lambda name: (use for one in defining[name] for use in one.uses))
    return [one for one in found if one.defines & wanted or "*" in one.defines]


def spelling(found: Iterable[Definition], exercise: str) -> str | None:
    """The name under which a notebook defines an exercise: `sortedRows` serves for `sorted_rows`."""
    names = [name for one in found for name in one.defines]
    return exercise if exercise in names else next((n for n in reversed(names) if bare(n) == bare(exercise)), None)


def _definitions(statement: ast.stmt, lines: Sequence[str], lesson: str = "") -> Iterator[Definition]:
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        for alias in statement.names:
            yield _imported(statement, alias, lesson)
        return
    text = _segment(statement, lines)
    if _may_fail(statement):
        # A line break inside a text must not be indented.
        inner = ast.unparse(statement) if re.search("\"\"\"|'''", text) else text
        # `exec` imports as it is imported while grading.
        text = _guarded(f"exec({inner!r})" if _imports(statement) else inner)
    yield Definition(text, bound(statement) | bound_by_assignment(statement), frozenset(used(statement)))


def _imports(statement: ast.stmt) -> bool:
    """Whether a condition or an attempt imports something."""
    inside = () if isinstance(statement, (ast.FunctionDef, ast.ClassDef)) else ast.walk(statement)
    return any(isinstance(node, (ast.Import, ast.ImportFrom)) for node in inside)


def _may_fail(statement: ast.stmt) -> bool:
    """Whether a definition may raise, which costs nothing but its own names."""
    if isinstance(statement, ast.FunctionDef):
        defaults = [*statement.args.defaults, *filter(None, statement.args.kw_defaults)]
        return bool(statement.decorator_list) or not all(isinstance(one, ast.Constant) for one in defaults)
    constant = isinstance(statement, ast.Assign) and isinstance(statement.value, (ast.Constant, ast.Lambda))
    return not constant or not all(isinstance(target, ast.Name) for target in statement.targets)  # type: ignore[attr-defined]


def _segment(statement: ast.stmt, lines: Sequence[str]) -> str:
    """The statement as it was written, with its comments; as it was understood, where it holds lines of IPython's own."""
    if decorators := getattr(statement, "decorator_list", ()):
        text = textwrap.dedent("".join(lines[decorators[0].lineno - 1 : statement.end_lineno])).rstrip("\n")
    else:
        *above, last = lines[statement.lineno - 1 : statement.end_lineno]
        # Columns count bytes of UTF-8.
        text = "".join([*above, last.encode()[: statement.end_col_offset].decode(errors="replace")])
        text = text.encode()[statement.col_offset :].decode(errors="replace")
    try:
        ast.parse(text)
    except (SyntaxError, ValueError):
        return ast.unparse(statement)
    return text


# ---- imports


def _root(statement: ast.ImportFrom) -> str:
    return (statement.module or "").partition(".")[0]


def _imported(statement: ast.Import | ast.ImportFrom, alias: ast.alias, lesson: str) -> Definition:
    """One import: numpy and the standard library as they are, what the course gives as its source, all else as while grading."""
    module = alias.name if isinstance(statement, ast.Import) else statement.module or ""
    name = alias.asname or (alias.name.partition(".")[0] if isinstance(statement, ast.Import) else alias.name)
    root, defines = module.partition(".")[0], frozenset([name])
    if root == "__future__":
        return Definition("", frozenset())  # it may stand only at the head of a file, and stands there
    if root == current().library:
        if given := _given(alias.name, lesson):
            return Definition(f"{given}\n{name} = _replay_given_{alias.name}()", defines)
        absent = module if alias.asname or isinstance(statement, ast.Import) else f"{module}.{alias.name}"
        return Definition(f"{name} = _ReplayInert({absent!r})" if name != "*" else "", defines - {"*"})
    single = ast.unparse(type(statement)(**{**dict(ast.iter_fields(statement)), "names": [alias]}))
    plain = root in IMPORTABLE and isinstance(statement, ast.Import)
    return Definition(single if plain else _guarded(f"exec({single!r})"), defines)


def _guarded(text: str) -> str:
    """Code that may fail, which costs nothing but its own names."""
    return f"try:\n{textwrap.indent(text, '    ')}\nexcept Exception as _replay_error:\n    print('not defined:', _replay_error)"


def _given(name: str, lesson: str) -> str:
    """The source of a function that the course gives in a lesson, inside one of its own; '' where there is none."""
    library = import_module(current().library)
    given = import_module(f"{library.__name__}.given")
    places = (given, *_modules_of(given), library)
    function = next((found for place in places if inspect.isfunction(found := getattr(place, name, None))), None)
    if function is None or (lesson and current().library_in(lesson).hides(function.__module__)):
        return ""
    parts = needed(defined_in(inspect.getsource(import_module(function.__module__))), [name])
    body = "\n".join([*(part.source for part in parts), f"return {name}"])
    return f"def _replay_given_{name}():\n" + textwrap.indent(body, "    ")


def _modules_of(package: ModuleType) -> Iterator[ModuleType]:
    names = sorted(found.name for found in pkgutil.iter_modules(package.__path__))
    return (import_module(f"{package.__name__}.{name}") for name in names)

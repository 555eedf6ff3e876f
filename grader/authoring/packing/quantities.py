"""The quantities that a solution computes on its way, case by case: imprints alone, of names that a student can read."""

from __future__ import annotations

import ast
import hashlib
import inspect
import linecache
import re
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from ...course import Case, Exercise, Lesson, Quantity, Reference, current
from ...course.imprint import UNRECOGNISABLE, alike, imprint
from ...grading import solutions
from ...grading.stamps import stamps, without_prose
from ...running import watching
from ...running.watching import Value, watch

_SOLUTION = re.compile(r"### START CODE HERE ###.*?### END CODE HERE ###", re.DOTALL)
_DOCSTRING = re.compile(r'"""(.*?)"""', re.DOTALL)
_CODE_SPAN, _NAME, _LABEL = re.compile(r"`([^`\n]+)`"), re.compile(r"[A-Za-z_]\w*"), re.compile(r"([A-Za-z_]\w*):")


def quantities(lesson: Lesson, exercise: Exercise, references: Sequence[Reference]) -> list[tuple[Quantity, ...]]:
    """For each case the quantities of the solution, in the order in which they come about."""
    return quantities_in(solutions.function_source(lesson, exercise.name), lesson, exercise, references)


def quantities_in(
    source: str, lesson: Lesson, exercise: Exercise, references: Sequence[Reference]
) -> list[tuple[Quantity, ...]]:
    """The same of another source of the function."""
    known, reads = readable(lesson) - _added_up(source), _reads(source)
    found = []
    for reference in references:
        values = [v for v in _values(source, lesson, exercise, reference.case) if v.name in known]
        found.append(tuple(_with_after(list(_telling(values, reference.case)), reads)))
    return found


def _with_after(quantities: Sequence[Quantity], reads: Mapping[str, set[str]]) -> Iterator[Quantity]:
    """The quantities, each with those before it that it is computed from."""
    for place, one in enumerate(quantities):
        before = quantities[:place]
        known = {other.name for other in before} - ({one.name} if one.round < 2 else set())
        reached = _reached(one.name, reads, known)
        yield replace(one, after=tuple(other.key for other in before if other.name in reached))


def _values(source: str, lesson: Lesson, exercise: Exercise, case: Case) -> list[Value]:
    """What the variables of the function are in the case, in order; where that is the same in two calls."""
    first, again = (watch(watchable(source, lesson, exercise), case, ()).values for _call in range(2))
    same = {(value.name, value.imprint) for value in again}
    return [value for value in first if value.name and (value.name, value.imprint) in same]


def watchable(source: str, lesson: Lesson, exercise: Exercise) -> Callable[..., Any]:
    """The function in `source` among the solutions of its lesson, with its source at hand. Raises SyntaxError."""
    file = f"<{exercise.name} {zlib.crc32(source.encode()):08x}>"
    linecache.cache[file] = (len(source), None, source.splitlines(True), file)
    names = dict(vars(solutions.module_of(lesson)))
    exec(compile(source, file, "exec"), names)
    function: Callable[..., Any] = names[exercise.name]
    return function


def _telling(values: Sequence[Value], case: Case) -> Iterator[Quantity]:
    """The first value of each variable that identifies it, in a loop the second too.

    Such a value has digits enough, is no argument, and no other variable had it before.
    """
    taken = [imprint(part) for part in _parts([*case.args, *case.kwargs.values()])]
    places: dict[str, list[tuple[int, bool]]] = {}
    for value in values:
        seen, place = places.setdefault(value.name, []), (value.line, value.entry)
        round = len(seen) + 1 if value.in_loop else 0
        if value.coarse or (seen and (round != 2 or seen[0] != place)):
            continue
        if not any(alike(one, value.imprint, 1e-6) for one in taken):
            seen.append(place)
            taken.append(value.imprint)
            yield Quantity(value.name, value.shape, value.imprint, is_entry=value.entry, round=round)


def _parts(value: Any) -> Iterator[Any]:
    if isinstance(value, (Mapping, list, tuple)):
        for part in value.values() if isinstance(value, Mapping) else value:
            yield from _parts(part)
    elif imprint(value) != UNRECOGNISABLE:
        yield value
        if isinstance(value, np.ndarray) and value.ndim == 2:
            yield value.T


# ---- which names a student can read


def readable(lesson: Lesson) -> frozenset[str]:
    """Names that stand in code of the lesson outside its solutions, in backticks or, in a docstring, before a colon; and
    those that are symbols of its formulas."""
    text = solutions.source_path(lesson).read_text(encoding="utf-8")
    outside = _SOLUTION.sub("", text)
    code = "\n".join(line for line in outside.splitlines() if not line.startswith("#"))
    docs, spans = " ".join(_DOCSTRING.findall(code)), " ".join(_CODE_SPAN.findall(outside))
    found = {*_NAME.findall(_DOCSTRING.sub("", code)), *_NAME.findall(spans), *_LABEL.findall(docs)}
    symbols = set(filter(re.compile(current().symbols).fullmatch, _NAME.findall(text)))
    return frozenset((found | symbols) - {"_"})


# ---- which quantity is computed from which


def _reads(source: str) -> dict[str, set[str]]:
    """{variable: the names that the statements read which assign to it}."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.Assign, ast.AugAssign)):
            read = {n.id for n in ast.walk(node.value) if isinstance(n, ast.Name)}
            for name in _targets(node):
                found.setdefault(name, set()).update(read)
    return found


def _targets(node: ast.Assign | ast.AugAssign) -> Iterator[str]:
    for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
        for part in getattr(target, "elts", [target]):
            # The first name: of `total[..., c]` it is `total`.
            yield next(n.id for n in ast.walk(part) if isinstance(n, ast.Name))


def _added_up(source: str) -> set[str]:
    """The variables that accumulate: their intermediate values say little."""
    nodes = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.AugAssign))
    return {node.target.id for node in nodes if isinstance(node.target, ast.Name)}


def _reached(name: str, reads: Mapping[str, set[str]], known: Collection[str]) -> set[str]:
    """The known names that a variable is computed from, directly or through names that are not known; itself in a loop."""
    left, seen, found = [name], set[str](), set[str]()
    while left:
        for one in reads.get(left.pop(), ()):
            if one in seen:
                continue
            seen.add(one)
            if one in known:
                found.add(one)
            else:
                left.append(one)
    return found


def stamp(lesson: Lesson) -> str:
    """What the quantities depend on beside the cases, as sha256."""
    code = "".join(without_prose(inspect.getsource(part)) for part in (watching, quantities_in, _telling))
    known = {exercise.name: _known_names(lesson, exercise) for exercise in lesson.exercises}
    return hashlib.sha256(f"{code}{stamps(lesson)}{known}".encode()).hexdigest()


def _known_names(lesson: Lesson, exercise: Exercise) -> list[str]:
    source = solutions.function_source(lesson, exercise.name)
    return sorted(readable(lesson).intersection(_NAME.findall(source)))

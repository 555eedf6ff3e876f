"""The only importer of `source_solutions`: reference values, and the source the misconceptions edit.

Absent from the student's install.
"""

from __future__ import annotations

import ast
import hashlib
import inspect
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from . import exercises, mutant_words, mutate
from .calling import call, plain
from .compare import UNSEEN, Difference, compare, extract
from .course import RAISED, Case, Exercise, Lesson, Misconception, Reference
from .imprint import NOTHING, Imprint, alike, imprint
from .mutant_words import numbered
from .mutate import mutants

# The visible cases are drawn with this seed, once, by the build.
VISIBLE_SEED = 0


# What a mistake in a function that draws returns by chance is no sign of it: it is run so often to tell.
RUNS = 4


class SolutionError(Exception):
    """A solution and its declaration do not fit each other; the message names both."""


def module_of(lesson: Lesson) -> ModuleType:
    return import_module(f"source_solutions.{lesson.name}")


def source_path(lesson: Lesson) -> Path:
    return Path(str(module_of(lesson).__file__))


def draw(lesson: Lesson, exercise: Exercise, seed: int = VISIBLE_SEED) -> tuple[Reference, ...]:
    """The cases of an exercise for one seed, with their reference values. Raises SolutionError."""
    rng = np.random.default_rng([seed, zlib.crc32(exercise.name.encode())])
    return tuple(_reference(lesson, exercise, case) for case in exercise.draw(rng))


def _reference(lesson: Lesson, exercise: Exercise, case: Case) -> Reference:
    start = time.process_time()
    expected = _outputs(exercise, case, getattr(module_of(lesson), exercise.name))
    seconds = time.process_time() - start
    if isinstance(expected, str):
        raise SolutionError(f'{lesson.name}::{exercise.name}, case "{case.label}": the solution {expected}')
    return Reference(case, expected, Mistakes(lesson, exercise, case, expected), seconds)


class Mistakes(Mapping[str, Mapping[str, Imprint]]):
    """What each known mistake returns for one case where that differs, found out when it is asked for."""

    def __init__(self, lesson: Lesson, exercise: Exercise, case: Case, expected: Mapping[str, Any]) -> None:
        self._lesson, self._exercise, self._case, self._expected = lesson, exercise, case, expected
        self._found: dict[str, Mapping[str, Imprint]] = {}

    def __getitem__(self, key: str) -> Mapping[str, Imprint]:
        if key not in self._found:
            self._found[key] = self._find(mistaken(self._lesson, self._exercise)[key])
        return self._found[key]

    def __iter__(self) -> Iterator[str]:
        return iter(mistaken(self._lesson, self._exercise))

    def __len__(self) -> int:
        return len(mistaken(self._lesson, self._exercise))

    def _find(self, source: str) -> Mapping[str, Imprint]:
        """What the mistake returns; NOTHING for an output that is not the same each time."""
        function = compiled(self._lesson, self._exercise, source)
        runs = [self._run(function) for _run in range(RUNS if "random" in source else 1)]
        outputs = dict.fromkeys(output for found in runs for output in found)
        return {o: runs[0][o] if all(found.get(o) == runs[0].get(o) for found in runs) else NOTHING for o in outputs}

    def _run(self, function: Callable[..., Any]) -> Mapping[str, Imprint]:
        returned = _outputs(self._exercise, self._case, function)
        if isinstance(returned, str):
            return {RAISED: NOTHING}
        values = {output: (value, returned.get(output, UNSEEN)) for output, value in self._expected.items()}
        return {
            output: imprint(value)
            for output, (right, value) in values.items()
            if compare(right, value, self._exercise.rtol)
        }


@cache
def mistaken(lesson: Lesson, exercise: Exercise) -> dict[str, str]:
    """{key of a known mistake: the solution with it}, misconceptions first. Raises SolutionError."""
    found = {mistake.id: _edit(lesson, exercise, mistake) for mistake in exercise.misconceptions}
    for mutant in mutants(function_source(lesson, exercise.name)):
        if mutant.id not in exercise.equivalent and _compiles(mutant.source):
            found[numbered(mutant.says, found)] = mutant.source
    return found


def _compiles(source: str) -> bool:
    try:
        compile(source, "", "exec")
    except SyntaxError:
        return False
    return True


def _outputs(exercise: Exercise, case: Case, function: Callable[..., Any]) -> dict[str, Any] | str:
    """What a function returns for a case, by output; a sentence where it returns nothing to judge."""
    outcome = call(function, case)
    if outcome.problem:
        return f"{outcome.problem}: {outcome.message}"
    found = extract(exercise, case, outcome.value)
    if isinstance(found, Difference):
        return found.message
    if missing := [d.message for d in found.values() if isinstance(d, Difference)]:
        return missing[0]
    return {output: plain(value) for output, value in found.items()}


@cache
def function_source(lesson: Lesson, name: str) -> str:
    """The source of a solution without its comments, which are for students: misconceptions and mutants edit the code."""
    return _code(inspect.getsource(getattr(module_of(lesson), name)))


def _code(source: str) -> str:
    """The source without lines that are a comment only; the markers stay."""
    lines = source.splitlines(keepends=True)
    return "".join(line for line in lines if not line.lstrip().startswith("#") or "CODE HERE" in line)


@cache
def needs(lesson: Lesson, exercise: Exercise) -> tuple[str, ...]:
    """The other exercises of the lesson that a solution calls, and those they call in turn; read off the source."""
    names = {other.name for other in lesson.exercises} - {exercise.name}
    called = {
        node.id for node in ast.walk(ast.parse(function_source(lesson, exercise.name))) if isinstance(node, ast.Name)
    }
    direct = names & called
    further = {name for one in direct for name in needs(lesson, lesson.exercise(one))}
    return tuple(other.name for other in lesson.exercises if other.name in direct | further)


@cache
def edited(lesson: Lesson, exercise: Exercise, mistake: Misconception) -> Callable[..., Any]:
    """The solution with the misconception's edit, living among the other solutions. Raises SolutionError."""
    return compiled(lesson, exercise, _edit(lesson, exercise, mistake))


def _edit(lesson: Lesson, exercise: Exercise, mistake: Misconception) -> str:
    source = function_source(lesson, exercise.name)
    if source.count(mistake.old) != 1:
        raise SolutionError(
            f'{lesson.name}::{exercise.name}, misconception "{mistake.id}": its text must stand in the solution exactly '
            f"once and stands there {source.count(mistake.old)} times:\n    {mistake.old}"
        )
    return source.replace(mistake.old, mistake.new)


def compiled(lesson: Lesson, exercise: Exercise, source: str) -> Callable[..., Any]:
    """The function in `source`, living among the other solutions of its lesson. Raises SyntaxError."""
    namespace = dict(vars(module_of(lesson)))
    exec(compile(source, f"<{exercise.name}>", "exec"), namespace)
    function: Callable[..., Any] = namespace[exercise.name]
    return function


def check_misconceptions(lesson: Lesson, exercise: Exercise, references: tuple[Reference, ...]) -> None:
    """Every misconception changes some visible case, and no two change them alike. Raises SolutionError."""
    where = f"{lesson.name}::{exercise.name}"
    seen: list[tuple[Misconception, list[Mapping[str, Imprint]]]] = []
    for mistake in exercise.misconceptions:
        returned = [r.mistakes[mistake.id] for r in references]
        if not any(returned):
            raise SolutionError(f'{where}, misconception "{mistake.id}": no visible case shows a difference')
        for other, same in seen:
            if _alike(returned, same, exercise.rtol):
                raise SolutionError(f'{where}: "{mistake.id}" and "{other.id}" return the same on every visible case')
        seen.append((mistake, returned))


def _alike(one: list[Mapping[str, Imprint]], other: list[Mapping[str, Imprint]], rtol: float) -> bool:
    return all(
        a.keys() == b.keys() and all(alike(a[output], b[output], rtol) for output in a)
        for a, b in zip(one, other, strict=True)
    )


def stamps(lesson: Lesson) -> dict[str, str]:
    """What the reference values depend on, as sha256: the solutions' code (not their prose or comments) and the declarations."""
    text = source_path(lesson).read_text(encoding="utf-8")
    functions = [
        ast.get_source_segment(text, node) for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)
    ]
    declarations = (Path(exercises.__path__[0]) / f"{lesson.name}.py").read_text(encoding="utf-8")
    changes = "".join(ast.unparse(ast.parse(inspect.getsource(part))) for part in (mutate, mutant_words.says))
    sample = imprint({"a": [1.0, True, "text"], "b": np.arange(6.0).reshape(2, 3)})
    return {
        "solution": _sha256(_code("\n".join(filter(None, functions)))),
        "declarations": _sha256(declarations),
        "mutants": _sha256(f"{changes} {sample.form} {np.round(sample.sums, 4).tolist()}"),
    }


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

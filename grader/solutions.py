"""The only importer of `source_solutions`: reference values, and the source the misconceptions edit.

Absent from the student's install.
"""

from __future__ import annotations

import ast
import hashlib
import inspect
import time
import zlib
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from . import exercises
from .calling import call, plain
from .compare import Difference, compare, extract
from .course import Case, Exercise, Lesson, Misconception, Reference

# The visible cases are drawn with this seed, once, by the build.
VISIBLE_SEED = 0


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
    misconceived = {}
    for mistake in exercise.misconceptions:
        returned = _outputs(exercise, case, edited(lesson, exercise, mistake))
        if isinstance(returned, str):
            continue
        differing = {o: v for o, v in returned.items() if compare(expected[o], v, exercise.rtol)}
        if differing:
            misconceived[mistake.id] = differing
    return Reference(case, expected, misconceived, seconds)


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
    source = function_source(lesson, exercise.name)
    if source.count(mistake.old) != 1:
        raise SolutionError(
            f'{lesson.name}::{exercise.name}, misconception "{mistake.id}": its text must stand in the solution exactly '
            f"once and stands there {source.count(mistake.old)} times:\n    {mistake.old}"
        )
    return compiled(lesson, exercise, source.replace(mistake.old, mistake.new))


def compiled(lesson: Lesson, exercise: Exercise, source: str) -> Callable[..., Any]:
    """The function in `source`, living among the other solutions of its lesson. Raises SyntaxError."""
    namespace = dict(vars(module_of(lesson)))
    exec(compile(source, f"<{exercise.name}>", "exec"), namespace)
    function: Callable[..., Any] = namespace[exercise.name]
    return function


def check_misconceptions(lesson: Lesson, exercise: Exercise, references: tuple[Reference, ...]) -> None:
    """Every misconception changes some visible case, and no two change them alike. Raises SolutionError."""
    where = f"{lesson.name}::{exercise.name}"
    seen: list[tuple[Misconception, list[Any]]] = []
    for mistake in exercise.misconceptions:
        returned = [r.misconceived.get(mistake.id, {}) for r in references]
        if not any(returned):
            raise SolutionError(f'{where}, misconception "{mistake.id}": no visible case shows a difference')
        for other, same in seen:
            if _alike(returned, same):
                raise SolutionError(f'{where}: "{mistake.id}" and "{other.id}" return the same on every visible case')
        seen.append((mistake, returned))


def _alike(one: list[Any], other: list[Any]) -> bool:
    return all(a.keys() == b.keys() and compare(a, b) is None for a, b in zip(one, other, strict=True))


def stamps(lesson: Lesson) -> dict[str, str]:
    """What the reference values depend on, as sha256: the solutions' code (not their prose or comments) and the declarations."""
    text = source_path(lesson).read_text(encoding="utf-8")
    functions = [
        ast.get_source_segment(text, node) for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)
    ]
    declarations = (Path(exercises.__path__[0]) / f"{lesson.name}.py").read_text(encoding="utf-8")
    return {"solution": _sha256(_code("\n".join(filter(None, functions)))), "declarations": _sha256(declarations)}


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

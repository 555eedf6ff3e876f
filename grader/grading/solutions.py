"""The only importer of solutions: their modules, their source, and what they call."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from ..course import Exercise, Lesson, current
from ..words.errors import GraderError


class SolutionError(GraderError):
    """A solution and its declaration do not fit each other; the message names both."""


def module_of(lesson: Lesson) -> ModuleType:
    return current().module(lesson.name, "lesson")


def source_path(lesson: Lesson) -> Path:
    return Path(str(module_of(lesson).__file__))


def declared(lesson: Lesson, exercise: Exercise) -> Exercise:
    """The exercise with the generator of its cases and what its known mistakes edit, which no pack holds."""
    return exercise if exercise.draw else current().declared(lesson.name).exercise(exercise.name)


@cache
def function_source(lesson: Lesson, name: str) -> str:
    """The source of a solution without its comments, which are for students: misconceptions and mutants edit the code."""
    return code_of(inspect.getsource(getattr(module_of(lesson), name)))


def code_of(source: str) -> str:
    """The source without lines that are a comment only; the markers stay."""
    lines = source.splitlines(keepends=True)
    return "".join(line for line in lines if not line.lstrip().startswith("#") or "CODE HERE" in line)


@cache
def needs(lesson: Lesson, exercise: Exercise) -> tuple[str, ...]:
    """The other exercises of the lesson that a solution calls, and those they call in turn; read off the source.

    What it calls through another function of the lesson, which is no exercise, is among them.
    """
    functions = _functions_of(lesson)
    found, left = set[str](), [exercise.name]
    while left:
        new = functions[left.pop()] - found
        found |= new
        left += new
    return tuple(other.name for other in lesson.exercises if other.name in found - {exercise.name})


@cache
def _functions_of(lesson: Lesson) -> dict[str, set[str]]:
    """{function of a solved lesson: the other functions of it that it names}."""
    tree = ast.parse(source_path(lesson).read_text(encoding="utf-8"))
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    named = {name: {n.id for n in ast.walk(node) if isinstance(n, ast.Name)} for name, node in functions.items()}
    return {name: of & functions.keys() for name, of in named.items()}


@cache
def signature_text(lesson: Lesson, exercise: Exercise) -> str:
    """The parameters of a solution, as 'w, b, X, Y, learning_rate=0.5'."""
    definition = next(
        n for n in ast.walk(ast.parse(function_source(lesson, exercise.name))) if isinstance(n, ast.FunctionDef)
    )
    return ast.unparse(definition.args)


def compiled(lesson: Lesson, exercise: Exercise, source: str) -> Callable[..., Any]:
    """The function in `source`, living among the other solutions of its lesson. Raises SyntaxError."""
    namespace = dict(vars(module_of(lesson)))
    exec(compile(source, f"<{exercise.name}>", "exec"), namespace)
    function: Callable[..., Any] = namespace[exercise.name]
    return function

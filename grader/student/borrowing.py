"""For those who study alone: a commented solution to read, and one to borrow, so that the rest of a notebook can go on.

The solutions are a package of their own, `nn-by-hand-solutions`; nothing here is needed where it is not installed.
"""

from __future__ import annotations

import ast
import linecache
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from ..course import Lesson, current
from ..running.notebook import Cell, Problem, parse
from ..words import _
from ..words.place import here

_BORROWED = "__borrowed__"


def closed(lesson: Lesson, folder: Path) -> str:
    """Why solutions are not shown to somebody who works in `folder`; '' where they are."""
    # Here, because time zones take longer to import than the rest of a check.
    from ..course.policy import PolicyError, find_policy

    try:
        course = find_policy(folder)
    except PolicyError as error:
        return str(error)
    if course is not None and course.solutions == "never":
        return _("In this course solutions are not shown. The hints are there: `check.hint(...)`.")
    if _path(lesson) is None:
        return here(
            "no_solutions",
            _(
                "The solutions are not installed here. If you study alone, install the package `nn-by-hand-solutions` "
                "that comes with the course."
            ),
        )
    return ""


def _path(lesson: Lesson) -> Path | None:
    path = current().sources / lesson.name / "lesson.py"
    return path if path.is_file() else None


def solution(lesson: Lesson, name: str) -> str:
    """The source of an exercise's solution, with its comments."""
    path = _path(lesson)
    text = path.read_text(encoding="utf-8") if path else ""
    found = [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef) and node.name == name]
    source = ast.get_source_segment(text, found[-1]) if found else None
    return "\n".join(line for line in (source or "").splitlines() if "CODE HERE" not in line)


def is_tried(function: Callable[..., Any] | None) -> bool:
    """Whether there is a function that is not the stub any more."""
    code = getattr(function, "__code__", None)
    return function is not None and "NotImplementedError" not in getattr(code, "co_names", ())


def is_borrowed(function: Callable[..., Any] | None) -> bool:
    return getattr(function, _BORROWED, False) is True


def borrow(lesson: Lesson, name: str, names: dict[str, Any]) -> None:
    """Put the solution of one exercise among the names of a notebook; it calls the notebook's other functions."""
    source, filename = solution(lesson, name), f"<borrowed {name}>"
    # Tracebacks show its lines.
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    exec(compile(source, filename, "exec"), names)
    setattr(names[name], _BORROWED, True)


def asked_to_borrow(cells: Iterable[Cell]) -> list[str]:
    """The exercises that a saved notebook borrows: the names in its calls of `check.borrow("name")`."""
    trees = [tree for cell in cells if not isinstance(tree := parse(cell), Problem)]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Attribute) and call.func.attr == "borrow" and len(call.args) == 1
        if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    ]

"""What the reference values of a lesson depend on, as sha256: whether a pack is still made of its sources."""

from __future__ import annotations

import ast
import hashlib
import inspect

import numpy as np

from ..course import Lesson, current
from ..course.imprint import imprint
from ..judging import mutant_words, mutate
from ..running.exceptions.signature import signature
from . import known_mistakes
from .solutions import code_of, source_path


def stamps(lesson: Lesson) -> dict[str, str]:
    """What the reference values depend on, as sha256: the solutions' code (not their prose or comments) and the declarations."""
    text = source_path(lesson).read_text(encoding="utf-8")
    functions = [
        ast.get_source_segment(text, node) for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)
    ]
    # Beside the lesson's own, what several lessons share.
    sources = current().sources
    declaring = [*sorted(sources.glob("*.py")), sources / lesson.name / "cases.py"]
    declarations = "".join(path.read_text(encoding="utf-8") for path in declaring)
    made_by = (mutate, mutant_words.mutant_key, signature, known_mistakes)
    changes = "".join(without_prose(inspect.getsource(part)) for part in made_by)
    sample = imprint({"a": [1.0, True, "text"], "b": np.arange(6.0).reshape(2, 3)})
    return {
        "solution": _sha256(code_of("\n".join(filter(None, functions)))),
        "declarations": _sha256(declarations),
        "mutants": _sha256(f"{changes} {current().symbols} {sample.form} {np.round(sample.sums, 4).tolist()}"),
    }


def without_prose(source: str) -> str:
    """The lines of a module or function without docstrings and comments: prose makes no pack stale.

    The text itself, as `ast.unparse` writes f-strings otherwise from Python 3.12 on.
    """
    lines, prose = source.splitlines(), set[int]()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
            prose.update(range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1))
    kept = (line for number, line in enumerate(lines, 1) if number not in prose)
    return "\n".join(line for line in kept if line.strip() and not line.lstrip().startswith("#"))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

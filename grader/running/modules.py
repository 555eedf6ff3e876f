"""What student code can import while it is graded: mathematics, containers, numpy, the course's library, the instructor's helpers.

What draws, displays or counts is a silent stand-in; of `sys` there is what prints.
Anything else becomes an inert one, so that a notebook's definitions load; using it raises Unavailable.
"""

from __future__ import annotations

import builtins
import importlib
import sys
from collections.abc import Callable, Iterable, Mapping
from types import ModuleType
from typing import Any

from ..course.nouns import Library
from .inert import SILENT, Inert

IMPORTABLE = frozenset(
    [
        "__future__",
        "abc",
        "array",
        "bisect",
        "cmath",
        "collections",
        "contextlib",
        "copy",
        "dataclasses",
        "datetime",
        "decimal",
        "enum",
        "fractions",
        "functools",
        "heapq",
        "itertools",
        "json",
        "logging",
        "math",
        "numbers",
        "numpy",
        "operator",
        "random",
        "re",
        "statistics",
        "string",
        "textwrap",
        "time",
        "types",
        "typing",
        "typing_extensions",
        "warnings",
    ]
)
_SYSTEM = "sys"


class Stream:
    """Stands in for `sys.stdout` and `sys.stderr`: what is written goes where `print` writes at that moment."""

    def write(self, text: str) -> int:
        return sys.stdout.write(text)

    def writelines(self, lines: Iterable[str]) -> None:
        sys.stdout.writelines(lines)

    def flush(self) -> None: ...

    def isatty(self) -> bool:
        return False


def _system() -> ModuleType:
    """Stands in for `sys`: printing and a few plain numbers, and nothing else."""
    module = Inert(_SYSTEM)
    vars(module).update({name: getattr(sys, name) for name in ("float_info", "maxsize", "version", "version_info")})
    vars(module).update(stdout=Stream(), stderr=Stream())
    return module


def is_importable(module: str, library: str) -> bool:
    """Whether student code can import a module, or part of one, while it is graded without helpers."""
    root = module.partition(".")[0]
    return root in IMPORTABLE or root in (_SYSTEM, library or _SYSTEM) or root in SILENT


def importer(library: Library, helpers: Mapping[str, str]) -> Callable[..., Any]:
    """An `__import__` for student code. helpers: {module name: its source}."""
    loaded: dict[str, ModuleType] = {}
    system = _system()

    def load(name: str, globals: Any = None, locals: Any = None, fromlist: Iterable[str] = (), level: int = 0) -> Any:
        root = name.partition(".")[0]
        if root in helpers:
            return loaded.get(root) or _load_helper(root, helpers[root], loaded, load)
        hidden = any(library.hides(one) for one in (name, *(fromlist or ())))
        if name == _SYSTEM and not level:
            return system
        if root in SILENT and not level:
            return Inert(name if fromlist else root, silent=True)
        if level or hidden or not is_importable(root, library.name):
            return Inert(name if fromlist else root)
        if root == library.name and name in (root, f"{root}.given"):
            module = _without_hidden(library)
            return module.given if name != root and fromlist else module
        return builtins.__import__(name, globals, locals, tuple(fromlist or ()), level)

    return load


def _load_helper(name: str, source: str, loaded: dict[str, ModuleType], load: Callable[..., Any]) -> ModuleType:
    module = loaded[name] = ModuleType(name)
    module.__dict__["__builtins__"] = vars(builtins) | {"__import__": load}
    exec(compile(source, f"<{name}.py>", "exec"), module.__dict__)
    return module


def _without_hidden(library: Library) -> ModuleType:
    """The library, whose `given` lacks what is hidden."""
    module, given = ModuleType(library.name), ModuleType(f"{library.name}.given")
    for name, value in vars(importlib.import_module(given.__name__)).items():
        if not library.hides(str(getattr(value, "__module__", None) or getattr(value, "__name__", ""))):
            setattr(given, name, value)
    vars(module).update(vars(importlib.import_module(library.name)), given=given)
    return module


def student_names(library: Library, helpers: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The namespace in which a submission's definitions run."""
    return {
        "__name__": "__main__",
        "__builtins__": vars(builtins) | {"__import__": importer(library, helpers or {})},
    }

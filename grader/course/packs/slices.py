"""The code in a pack: the functions that replace others, that set a pace, and that observe what is returned.

The modules of a slice run when the first of its functions is called, under names of their own, so that two courses do
not meet in `sys.modules`; their sources are where tracebacks, replay files and the sandbox look for them.
"""

from __future__ import annotations

import linecache
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import ModuleType
from typing import Any

from ..nouns import Case, Seeded, array
from .observing import MAKERS, compiled

# The module in which the lesson declares its cases; the others are what it shares with further lessons.
MAIN = "cases"
# What a slice may use of the grader, whatever the version that made it.
ENGINE: Mapping[str, Any] = {"array": array, "Seeded": Seeded}


@dataclass(frozen=True)
class Sliced:
    """The source of one module, as far as it is needed; `imports` are (name here, module of the slice, name there or '')."""

    source: str
    imports: tuple[tuple[str, str, str], ...] = ()


class Slice:
    """The modules of a lesson's slice. What their code raises when it runs is raised by the first use of a function."""

    def __init__(self, lesson: str, modules: Mapping[str, Sliced]) -> None:
        self._lesson, self.modules = lesson, modules

    def value(self, expression: str, module: str = MAIN) -> Any:
        """What an expression means in one of the modules: a function by its name, or one that another makes."""
        return eval(expression, vars(self._loaded[module]))

    @cached_property
    def _loaded(self) -> Mapping[str, ModuleType]:
        made: dict[str, ModuleType] = {}
        # A module comes after those that it imports.
        for name, module in self.modules.items():
            # With its content: another course may have a lesson of that name, and what reads a source looks here.
            file = f"<{self._lesson}/{name} {zlib.crc32(module.source.encode()):08x}>"
            linecache.cache[file] = (len(module.source), None, module.source.splitlines(keepends=True), file)
            made[name] = loaded = ModuleType(f"pack.{self._lesson}.{name}")
            loaded.__file__ = file
            imported = {here: getattr(made[of], there) if there else made[of] for here, of, there in module.imports}
            vars(loaded).update({**ENGINE, **MAKERS, **imported})
            exec(compiled(module.source, file), vars(loaded))
        return made


@dataclass(frozen=True)
class Observing:
    """A function of a slice, found when it is called."""

    slice: Slice
    expression: str
    module: str = MAIN

    @cached_property
    def _function(self) -> Any:
        return self.slice.value(self.expression, self.module)

    def __call__(self, case: Case, value: Any) -> Any:
        return self._function(case, value)

"""Cuts the slice of a lesson's declarations that a pack needs: the named functions and what they use."""

from __future__ import annotations

import ast
import inspect
import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from importlib.util import resolve_name
from types import ModuleType

from ...course.packs.slices import ENGINE, MAIN, Sliced
from ...running.code_names import bound, reached, used
from ...words.errors import GraderError


class PackingError(GraderError):
    """A lesson of which no pack can be made; the message names what stands in the way."""


def sliced(main: ModuleType, wanted: Iterable[tuple[ModuleType, str]]) -> dict[str, Sliced]:
    """{module: the source it needs for these expressions to be evaluated in it}, each after those it imports. Raises PackingError."""
    names: defaultdict[ModuleType, set[str]] = defaultdict(set)
    for module, expression in wanted:
        names[module] |= set(used(ast.parse(expression).body[0]))
    return _Slicing(main).of(names)


class _Slicing:
    """One slice in the making."""

    def __init__(self, main: ModuleType) -> None:
        self._main = main
        self._done: dict[str, Sliced] = {}

    def of(self, wanted: Mapping[ModuleType, Collection[str]]) -> dict[str, Sliced]:
        """The slice of all modules, those that the main one imports before it."""
        needed: defaultdict[ModuleType, set[str]] = defaultdict(set, {module: {*of} for module, of in wanted.items()})
        # By name, so that the same source gives the same bytes.
        first = sorted({*needed, self._main}, key=lambda module: module.__name__)
        parts = {module: _Module(module) for module in first}
        new = True
        while new:
            new = False
            for module, part in list(parts.items()):
                for other, name in part.asks_of_others(needed[module]):
                    new = new or name not in needed[other] or other not in parts
                    parts.setdefault(other, _Module(other))
                    needed[other].add(name)
        for module, part in parts.items():
            self._add(module, parts, needed, part)
        return self._done

    def _add(
        self,
        module: ModuleType,
        parts: Mapping[ModuleType, _Module],
        needed: Mapping[ModuleType, Collection[str]],
        part: _Module,
    ) -> None:
        name = self._name(module)
        if name in self._done:
            return
        imports = part.imports(needed[module])
        for _here, other, _there in imports:
            self._add(other, parts, needed, parts[other])
        named = tuple((here, self._name(other), there) for here, other, there in imports)
        self._done[name] = Sliced(part.source(needed[module]), named)

    def _name(self, module: ModuleType) -> str:
        return MAIN if module is self._main else module.__name__.rpartition(".")[2]


class _Module:
    """A module of declarations, and what its statements define and use."""

    def __init__(self, module: ModuleType) -> None:
        self._module = module
        self._text = inspect.getsource(module)
        body = ast.parse(self._text).body
        # What is imported from beside it: (name here) -> (module, name there or '').
        self._beside = {here: (of, there) for node in body for here, of, there in _beside(module, node)}
        self._of_engine = {here: name for node in body for here, name in _of_engine(node)}
        self._statements = [node for node in body if not _is_left_out(node)]
        self._used = {node: frozenset(used(node)) for node in self._statements}

    def imports(self, names: Collection[str]) -> list[tuple[str, ModuleType, str]]:
        """What the names need from beside: (name here, module, name there or '')."""
        reached = self._reached(names)
        return [(here, module, there) for here, (module, there) in self._beside.items() if here in reached]

    def asks_of_others(self, names: Collection[str]) -> Iterator[tuple[ModuleType, str]]:
        """(module, name in it) that the names need of other modules."""
        reached = self._reached(names)
        for here, (module, there) in self._beside.items():
            if here in reached:
                yield from ((module, name) for name in ([there] if there else sorted(self._attributes(here, reached))))

    def source(self, names: Collection[str]) -> str:
        """The text of what the names need, as it stands there."""
        reached = self._reached(names)
        kept = [node for node in self._statements if bound(node) & reached]
        lines = self._text.splitlines()
        parts = ["\n".join(lines[node.lineno - 1 : node.end_lineno]) for node in kept]
        return "\n\n".join(["from __future__ import annotations", *parts]) + "\n"

    def _attributes(self, name: str, reached: Collection[str]) -> set[str]:
        nodes = (inner for node in self._statements if bound(node) & {*reached} for inner in ast.walk(node))
        attributes = (node for node in nodes if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name))
        return {node.attr for node in attributes if isinstance(node.value, ast.Name) and node.value.id == name}

    def _reached(self, names: Collection[str]) -> set[str]:
        """The names, and those they use in turn. Raises PackingError."""
        found = reached(names, self._used_by)
        self._hold_what_the_engine_provides(found)
        return found

    def _used_by(self, name: str) -> Iterator[str]:
        """The names that the statements with this one use. Raises PackingError."""
        nodes = [node for node in self._statements if name in bound(node)]
        self._hold_no_generator(nodes)
        return (used for node in nodes for used in self._used[node])

    def _hold_no_generator(self, nodes: Iterable[ast.stmt]) -> None:
        for node in nodes:
            if isinstance(node, ast.FunctionDef) and node.decorator_list:
                raise PackingError(
                    f"{self._module.__name__}: what observes, sets a pace or takes the place of another function uses "
                    f"`{node.name}`, which has a decorator: a pack holds no generator of cases; write what they share as a "
                    "function of its own"
                )

    def _hold_what_the_engine_provides(self, names: Collection[str]) -> None:
        for name in sorted(self._of_engine.keys() & names):
            if name not in ENGINE or self._of_engine[name] != name:
                raise PackingError(
                    f"{self._module.__name__}: what a pack holds uses `{name}` of the grader; it can use {', '.join(ENGINE)} "
                    "alone"
                )


def _of_engine(node: ast.stmt) -> Iterator[tuple[str, str]]:
    """(name here, name there) of what an import takes from the grader."""
    if isinstance(node, ast.ImportFrom) and not node.level and (node.module or "").partition(".")[0] == "grader":
        yield from ((alias.asname or alias.name, alias.name) for alias in node.names)


def _is_left_out(node: ast.stmt) -> bool:
    """Whether a statement is left out of a slice: a bare string, or an import that is resolved in another way."""
    if isinstance(node, ast.ImportFrom):
        return node.module == "__future__" or bool(node.level) or any(_of_engine(node))
    return isinstance(node, ast.Expr)


def _beside(module: ModuleType, node: ast.stmt) -> Iterator[tuple[str, ModuleType, str]]:
    """What an import takes from beside a module: (name here, module, name there or '')."""
    if not isinstance(node, ast.ImportFrom) or not node.level:
        return
    base = resolve_name("." * node.level + (node.module or ""), module.__package__)
    for alias in node.names:
        here = alias.asname or alias.name
        inner = sys.modules.get(f"{base}.{alias.name}")
        yield (here, inner, "") if inner else (here, sys.modules[base], alias.name)

"""The source of the judging modules, with exactly what they import, embedded in a replay file."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

# Where judging begins. What is imported from elsewhere must be numpy or the standard library: a test holds it.
ROOTS = ("grader.judging.points", "grader.running.calling", "grader.running.modules")
_PACKAGE = Path(__file__).parents[1]


@cache
def sources() -> dict[str, str]:
    """{name of a module: its source}, packages included. The package itself is empty: it would import everything."""
    found, waiting = {"grader": ""}, list(ROOTS)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = _path(name).read_text(encoding="utf-8")
            waiting += [one for one in [name.rpartition(".")[0], *imported(name)] if one.split(".")[0] == "grader"]
    return dict(sorted(found.items()))


def imported(name: str) -> Iterator[str]:
    """The modules that one imports, wherever in it."""
    path = _path(name)
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(_WithoutTypes().visit(ast.parse(path.read_text(encoding="utf-8")))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package.split(".")[: -(node.level - 1) or None] if node.level else []
            module = ".".join([*base, *filter(None, [node.module])])
            yield module
            yield from (inner for alias in node.names if _path(inner := f"{module}.{alias.name}").is_file())


class _WithoutTypes(ast.NodeTransformer):
    """The same code without what only a type checker reads."""

    def visit_If(self, node: ast.If) -> ast.AST | None:
        return None if ast.unparse(node.test) == "TYPE_CHECKING" else self.generic_visit(node)


def _path(name: str) -> Path:
    place = _PACKAGE.joinpath(*name.split(".")[1:])
    return place / "__init__.py" if place.is_dir() else place.with_suffix(".py")


def text() -> str:
    """The sources as a Python dictionary that can be read."""
    entries = (f"{name!r}: {_quoted(source)},\n" for name, source in sources().items())
    return "_replay_sources = {\n" + "\n".join(entries) + "}\n"


def _quoted(source: str) -> str:
    escaped = source.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    return f'"""\\\n{escaped}"""'

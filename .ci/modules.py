"""Write docs/modules.md: each folder and module of the engine with what it is for, the first line of its docstring.

`python .ci/modules.py` after a module came, went or changed what it is for; a test holds the page to the code.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "modules.md"
HEAD = """# Every folder and module of the engine

Made by `python .ci/modules.py` from the first line of each docstring: mend it there. How they work together is in
[CONTRIBUTING](../CONTRIBUTING.md).
"""


def purpose(path: Path) -> str:
    """The first line of a module's docstring; '' where it has none."""
    return (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").partition("\n")[0]


def page() -> str:
    """The text of docs/modules.md as the code is now."""
    return HEAD + "\n".join(line for folder in _folders() for line in _section(folder))


def _folders() -> Iterator[Path]:
    engine = ROOT / "grader"
    yield engine
    yield from sorted({path.parent for path in engine.rglob("*.py") if "templates" not in path.parts} - {engine})


def _section(folder: Path) -> Iterator[str]:
    yield f"\n## `{folder.relative_to(ROOT).as_posix()}/`\n"
    package = folder / "__init__.py"
    if package.exists():
        yield f"{purpose(package)}\n"
    modules = [path for path in sorted(folder.glob("*.py")) if path != package or _defines(path)]
    if modules:
        yield "| module | what it is for |\n|---|---|"
        yield from (f"| `{path.name}` | {purpose(path).replace('|', chr(92) + '|')} |" for path in modules)
    yield ""


def _defines(path: Path) -> bool:
    """Whether a package's own module holds more than names of others."""
    nodes = ast.parse(path.read_text(encoding="utf-8")).body
    return any(isinstance(n, (ast.FunctionDef, ast.ClassDef)) and n.name != "__getattr__" for n in nodes)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"wrote {PAGE.relative_to(ROOT)}")

"""Makes what the tests hand in: sources by name, and notebooks of them as bytes."""

import ast
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from grader.authoring.build import source_of
from grader.authoring.stubs import stub
from grader.course import Lesson, current
from grader.grading.solutions import source_path
from grader.running.modules import student_names
from grader.running.notebook import define, read_cells

Sources = Mapping[str, str]


def solved(lesson: Lesson) -> Sources:
    """{function: its source} of a lesson's solutions, after its imports, which are called "setup"."""
    text = source_path(lesson).read_text(encoding="utf-8")
    lines, parts = text.split("\n"), defaultdict(list)
    for node in ast.parse(text).body:
        parts[getattr(node, "name", "setup")].append("\n".join(lines[node.lineno - 1 : node.end_lineno]))
    return {name: "\n".join(sources) for name, sources in parts.items()}


def stubs(lesson: Lesson) -> Sources:
    return {name: stub(source) for name, source in solved(lesson).items()}


def lesson_notebook(lesson: Lesson, source: str | None = None, *, released: bool = False) -> str:
    """The .ipynb that a lesson's source gives: solved and not executed, or as students get it. Raises BuildError."""
    # What makes notebooks takes a second to import, and most tests need none.
    from grader.authoring.conversion import notebook_text, read_source, release

    notebook = read_source(lesson, source or source_of(lesson).read_text(encoding="utf-8"))
    return notebook_text(release(notebook) if released else notebook)


def edited(sources: Sources, name: str, old: str, new: str) -> Sources:
    """The sources with `old`, which must stand in the source of that name once, replaced by `new`."""
    assert sources[name].count(old) == 1, f"{old!r} stands {sources[name].count(old)} times in {name}"
    return {**sources, name: sources[name].replace(old, new)}


def notebook(cells: Sources | Iterable[str], **metadata: object) -> bytes:
    """An .ipynb with one code cell for each source."""
    sources = cells.values() if isinstance(cells, Mapping) else cells
    made: list[dict[str, Any]] = [
        {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": source}
        for source in sources
    ]
    return json.dumps({"cells": made, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}).encode()


def functions(sources: Sources, lesson: Lesson) -> dict[str, object]:
    """The names that the sources define, as they do in the sandbox; all of them must be right."""
    names = student_names(current().library_in(lesson.name))
    assert define(read_cells(notebook(sources)).cells, names) == []
    return names


def words(text: str) -> str:
    """A text without tags, quotes and how it is broken into lines."""
    return " ".join(re.sub(r"<[^>]*>|[“”\"`]|&#34;", " ", re.sub(r"</?code>", "", text)).split())

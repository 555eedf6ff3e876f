"""Makes what the tests hand in: sources by name, and notebooks of them as bytes."""

import ast
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping

from grader.authoring.stubs import stub
from grader.course import Lesson, current
from grader.grading.solutions import source_path
from grader.running.modules import student_names
from grader.running.notebook import define, read_cells

Sources = Mapping[str, str]


def solved(lesson: Lesson) -> Sources:
    """{function: its source} of a lesson's solutions, after its imports, which are called "setup"."""
    text = source_path(lesson).read_text(encoding="utf-8")
    parts = defaultdict(list)
    for node in ast.parse(text).body:
        parts[getattr(node, "name", "setup")].append(ast.get_source_segment(text, node))
    return {name: "\n".join(sources) for name, sources in parts.items()}


def stubs(lesson: Lesson) -> Sources:
    return {name: stub(source) for name, source in solved(lesson).items()}


def edited(sources: Sources, name: str, old: str, new: str) -> Sources:
    """The sources with `old`, which must stand in the source of that name once, replaced by `new`."""
    assert sources[name].count(old) == 1, f"{old!r} stands {sources[name].count(old)} times in {name}"
    return {**sources, name: sources[name].replace(old, new)}


def notebook(cells: Sources | Iterable[str], **metadata: object) -> bytes:
    """An .ipynb with one code cell for each source."""
    sources = cells.values() if isinstance(cells, Mapping) else cells
    made = [
        {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": source}
        for source in sources
    ]
    return json.dumps({"cells": made, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}).encode()


def functions(sources: Sources, lesson: Lesson) -> dict[str, object]:
    """The names that the sources define, as they do in the sandbox; all of them must be right."""
    names = student_names(current().library_in(lesson.name))
    assert define(read_cells(notebook(sources)).cells, names) == []
    return names

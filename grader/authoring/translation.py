"""A lesson's notebook in another language: the same cells, the same ids and the same checks, with the sentences of its catalogue.

What has no translation stays English.
"""

from __future__ import annotations

import ast
import copy
import inspect
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from . import prose, shown

if TYPE_CHECKING:
    from nbformat import NotebookNode

Say = Callable[[str], str]

_LOADING = re.compile(r'(?<=grader\.load\()("\w+")(?=\))')
_LINK = re.compile(r"(?<=\]\()(\.\./[^)#\s]*/(\w+)\.ipynb)?#([^)\s]+)(?=\))")
_CODE_MARKS = str.maketrans("", "", "`*")


def sentences(notebook: NotebookNode) -> Iterator[str]:
    """What a translator translates: the text of a notebook, what its cells print and draw, the docstrings of its exercises."""
    names = _names(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            yield from (passage.text for passage in prose.passages(cell.source))
        elif _is_exercise(cell):
            yield from (docstring for _line, docstring in _docstrings(cell.source))
        elif cell.cell_type == "code":
            yield from (text.said for text in shown.texts(cell.source, names))


def translated(notebook: NotebookNode, language: str, say: Say, say_of: Callable[[str], Say]) -> NotebookNode:
    """A notebook in a language; `say_of` translates the sentences of another lesson, to which a link may lead."""
    made, names = copy.deepcopy(notebook), _names(notebook)
    made.metadata["nn_by_hand"]["language"] = language
    headings = _headings(notebook)
    for cell in made.cells:
        if cell.cell_type == "markdown":
            cell.source = _with_links(prose.translated_markdown(cell.source, say), headings, say, say_of)
        elif _is_exercise(cell):
            cell.source = _with_comments(cell.source, say)
        elif cell.cell_type == "code":
            cell.source = _LOADING.sub(rf'\1, language="{language}"', shown.translated_code(cell.source, say, names))
    return made


def _names(notebook: NotebookNode) -> frozenset[str]:
    return shown.names_in(cell.source for cell in notebook.cells if cell.cell_type == "code")


def _is_exercise(cell: NotebookNode) -> bool:
    return cell.cell_type == "code" and bool(cell.metadata.get("nbgrader", {}).get("solution"))


def _docstrings(source: str) -> list[tuple[int, str]]:
    """The docstrings of the functions of a cell, each with the line on which its function begins, counted from 0."""
    functions = [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
    found = [(node.lineno - 1, ast.get_docstring(node)) for node in functions]
    return [(line, inspect.cleandoc(text)) for line, text in found if text]


def _with_comments(source: str, say: Say) -> str:
    """The cell with each function's translated docstring in a comment above it, where there is a translation."""
    lines = source.split("\n")
    for line, docstring in reversed(_docstrings(source)):
        if (other := say(docstring)) != docstring:
            lines[line:line] = [f"# {one}".rstrip() for one in other.split("\n")]
    return "\n".join(lines)


def _headings(notebook: NotebookNode) -> dict[str, str]:
    """{where a link leads: the heading that stands there}."""
    lines = (line for cell in notebook.cells if cell.cell_type == "markdown" for line in cell.source.split("\n"))
    found = [line.lstrip("#").strip() for line in lines if re.match("#{1,6} ", line)]
    return {_anchor(heading): heading for heading in found}


def _anchor(heading: str) -> str:
    """Where a link to a heading leads, as JupyterLab makes it."""
    return heading.translate(_CODE_MARKS).replace(" ", "-")


def _with_links(source: str, headings: dict[str, str], say: Say, say_of: Callable[[str], Say]) -> str:
    """A text whose links lead to the headings as they are now: those of this lesson, or of the one that the link names."""

    def led(link: re.Match[str]) -> str:
        path, lesson, anchor = link.groups()
        says, heading = (say_of(lesson), anchor.replace("-", " ")) if lesson else (say, headings.get(anchor, ""))
        return f"{path or ''}#{_anchor(says(heading)) if heading else anchor}"

    return _LINK.sub(led, source)

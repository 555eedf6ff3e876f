"""Edits a syntax tree in place, compiles it and undoes the edit, which is faster than copying the tree."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Edit:
    """A change of a tree: what it is, the node it is about, what to tell of it, and the fields it gives another value.

    certain    whether it is a mistake wherever it stands, so that it may be named although more is wrong
    """

    kind: str
    at: ast.AST
    about: tuple[str, ...]
    sets: tuple[tuple[ast.AST, str, Any], ...]
    certain: bool = False


@contextmanager
def made(edit: Edit) -> Iterator[None]:
    """Inside the block, the tree is changed."""
    before = [(node, field, getattr(node, field)) for node, field, _new in edit.sets]
    for node, field, new in edit.sets:
        setattr(node, field, new)
    try:
        yield
    finally:
        for node, field, old in before:
            setattr(node, field, old)


class Tree:
    """A function's definition, with the parent of each node and where in the parent it stands."""

    def __init__(self, function: ast.FunctionDef, text: str) -> None:
        self.function, self.text = function, text
        self._lines = [line.encode() for line in re.split(r"\r\n|\r|\n", text)]
        self.nodes = [node for node in _walk(function) if not isinstance(node, ast.expr_context)]
        self._places: dict[ast.AST, tuple[ast.AST, str, int]] = {}
        for node in self.nodes:
            for field, value in ast.iter_fields(node):
                if isinstance(value, list):
                    self._places |= {one: (node, field, k) for k, one in enumerate(value) if isinstance(one, ast.AST)}
                elif isinstance(value, ast.AST):
                    self._places[value] = (node, field, -1)

    def of(self, *kinds: type[ast.AST]) -> Iterator[Any]:
        """The nodes of these kinds in the function's body, in the order of the text."""
        return (node for node in self.nodes if isinstance(node, kinds))

    def parent(self, node: ast.AST) -> ast.AST | None:
        return self._places[node][0] if node in self._places else None

    def around(self, node: ast.AST, *kinds: type[ast.AST]) -> ast.AST | None:
        """The innermost node of these kinds that the node stands in."""
        above = self.parent(node)
        while above is not None and not isinstance(above, kinds):
            above = self.parent(above)
        return above

    def statement(self, node: ast.AST) -> ast.stmt:
        """The statement that a node is, or is part of."""
        while not isinstance(node, ast.stmt):
            node = self._places[node][0]
        return node

    def replaced(self, node: ast.AST, new: ast.AST | list[ast.AST]) -> tuple[ast.AST, str, Any]:
        """The setting that puts a node, or several statements, in the place of another."""
        parent, field, index = self._places[node]
        news = new if isinstance(new, list) else [new]
        for one in news:
            # A part of what was there keeps its place in the text.
            if getattr(one, "lineno", None) is None:
                ast.copy_location(one, node)
            ast.fix_missing_locations(one)
        if index < 0:
            return parent, field, news[0]
        old = getattr(parent, field)
        return parent, field, [*old[:index], *news, *old[index + 1 :]]

    def quote(self, node: ast.AST) -> str:
        """The source of a node on one line, not too long."""
        text = " ".join((self.source(node) or ast.unparse(node)).split())
        return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"

    def source(self, node: ast.AST) -> str:
        """The text of a node as it stands; '' where it is made. (`ast.get_source_segment` splits the whole text each time.)"""
        match node:
            case ast.expr() | ast.stmt() if node.end_lineno and node.end_col_offset is not None:
                lines = self._lines[node.lineno - 1 : node.end_lineno]
                lines[-1] = lines[-1][: node.end_col_offset]
                lines[0] = lines[0][node.col_offset :]
                return b"\n".join(lines).decode()
        return ""


LONGEST = 70


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    """A node and all in it, in the order of the text."""
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _walk(child)

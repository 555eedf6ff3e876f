"""The texts of a cell that prints or draws, and the same cell with other texts: its code stays what it is.

A text counts where a reader may see it: several words anywhere, a single one in what is printed or drawn. What is looked up
or compared is a name, and stays; so does what stands in the gaps of an f-string.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeGuard

from .prose import has_words

_SHOWING = re.compile(r"print|tqdm|trange|(?:\w+\.)?(?:draw_\w+|show)")
_SEVERAL = re.compile(r"[^\W\d_]{2}.*\s.*[^\W\d_]{2}", re.DOTALL)
_NAME = re.compile(r"\w*[\d_]\w*")
# What makes an English plural: another language may do without it.
_PLURAL = re.compile(r"\{'\w*' if [^{}]* else '\w*'\}")
_GAP = re.compile(r"\{\{|\}\}|\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")

Node = ast.Constant | ast.JoinedStr


@dataclass(frozen=True)
class Text:
    """A text in the code of a cell: its literal is `source[start:end]`; `said` is what a catalogue has, with gaps in braces where `gaps`."""

    start: int
    end: int
    said: str
    gaps: bool

    def literal(self, other: str) -> str | None:
        """The literal with this translation; None if the translation lacks one of its gaps."""
        if not self.gaps:
            return f'"{_escaped(other)}"'
        if _gaps(other) != _gaps(self.said):
            return None
        parts, done = [], 0
        for gap in _GAP.finditer(other):
            parts += [_escaped(other[done : gap.start()]), gap[0]]
            done = gap.end()
        return f'f"{"".join([*parts, _escaped(other[done:])])}"'


def texts(source: str, names: frozenset[str] = frozenset()) -> Iterator[Text]:
    """The texts of a cell that a reader sees, in order; `names` are none."""
    place = _places(source)
    for node in sorted(_shown(ast.parse(source)), key=lambda node: (node.lineno, node.col_offset)):
        said = _said(node)
        if said not in names and has_words(_GAP.sub(" ", said) if isinstance(node, ast.JoinedStr) else said):
            yield Text(*place(node), said, isinstance(node, ast.JoinedStr))


def translated_code(source: str, say: Callable[[str], str], names: frozenset[str] = frozenset()) -> str:
    """A cell with what `say` gives for each of its texts; one that would lose a gap stays as it is."""
    made, done = [], 0
    for text in texts(source, names):
        if (other := say(text.said)) != text.said and (literal := text.literal(other)) is not None:
            made += [source[done : text.start], literal]
            done = text.end
    return "".join([*made, source[done:]])


def names_in(sources: Iterable[str]) -> frozenset[str]:
    """What the cells of a notebook look up or compare, what stands in the gaps of their f-strings, and words that are not shown."""
    trees = [ast.parse(source) for source in sources]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    looked_up = [node.slice for node in nodes if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load)]
    compared = [node for node in nodes if isinstance(node, ast.Compare)]
    in_gaps = [node.value for node in nodes if isinstance(node, ast.FormattedValue)]
    inside = [inner for node in (*looked_up, *compared, *in_gaps) for inner in ast.walk(node) if _is_text(inner)]
    hidden = [node for tree in trees for node, showing in _texts_in(tree) if not (showing or _several(node))]
    return frozenset(map(_said, [*inside, *hidden]))


def _shown(tree: ast.AST) -> Iterator[Node]:
    """The texts that a reader sees: those of one word only inside a call that shows them."""
    for node, showing in _texts_in(tree):
        # A text in the gap of another has no place of its own before Python 3.12.
        nested = any(isinstance(one, ast.JoinedStr) for gap in _values(node) for one in ast.walk(gap))
        if not nested and (_several(node) or (showing and not _NAME.fullmatch(_said(node)))):
            yield node


def _several(node: Node) -> bool:
    return bool(_SEVERAL.search(_said(node)))


def _texts_in(node: ast.AST, *, showing: bool = False) -> Iterator[tuple[Node, bool]]:
    """Every text below a node but docstrings, with whether it is inside a call that shows it."""
    if _is_text(node):
        yield node, showing
        return
    showing = showing or (isinstance(node, ast.Call) and bool(_SHOWING.fullmatch(ast.unparse(node.func))))
    for child in ast.iter_child_nodes(node):
        # A docstring is part of the code, as a comment is.
        if not (isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)):
            yield from _texts_in(child, showing=showing)


def _is_text(node: ast.AST) -> TypeGuard[Node]:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _values(node: ast.AST) -> Iterator[ast.expr]:
    yield from (one.value for one in getattr(node, "values", ()) if isinstance(one, ast.FormattedValue))


def _said(node: Node) -> str:
    """A text as a catalogue has it: f"{n} steps" is '{n} steps'."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    return "".join(_gap(one) if isinstance(one, ast.FormattedValue) else _braced(one) for one in node.values)


def _braced(node: ast.expr) -> str:
    return str(node.value).replace("{", "{{").replace("}", "}}") if isinstance(node, ast.Constant) else ""


def _gap(node: ast.FormattedValue) -> str:
    conversion = f"!{chr(node.conversion)}" if node.conversion >= 0 else ""
    spec = f":{_said(node.format_spec)}" if isinstance(node.format_spec, ast.JoinedStr) else ""
    return f"{{{ast.unparse(node.value)}{conversion}{spec}}}"


def _gaps(said: str) -> Counter[str]:
    """The gaps that every language must have."""
    return Counter(_GAP.findall(_PLURAL.sub("", said)))


def _escaped(text: str) -> str:
    """A text as it stands between two double quotes."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")


def _places(source: str) -> Callable[[Node], tuple[int, int]]:
    """Where a node is in the text of its cell, in characters: the parser counts bytes."""
    lines = source.encode().split(b"\n")
    before = [0]
    for line in lines:
        before.append(before[-1] + len(line.decode()) + 1)

    def at(line: int | None, column: int | None) -> int:
        assert line  # a node that was read
        return before[line - 1] + len(lines[line - 1][:column].decode())

    return lambda node: (at(node.lineno, node.col_offset), at(node.end_lineno, node.end_col_offset))

"""The code of a submission beside what was found in it, for the instructor alone: lines, coloured, and those that a finding names.

It is shown and never run: what comes out is text in spans of ours. Pure.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from ..course import CaseResult, Finding
from ..judging.quantity_words import told
from ..running.lookup import bare
from ..running.notebook import Cell, Problem, parse
from ..words import Sentence

if TYPE_CHECKING:
    from markupsafe import Markup

# More of a cell is not shown, and a line is cut: a page stays one that can be read.
MOST_LINES, MOST_SIGNS = 400, 400
# More of a notebook is not shown.
MOST_IN_ALL = 3_000
# What gets its value in more lines has no place that tells anything.
MOST_PLACES = 4
# A longer cell is shown in part beside an exercise: the function alone.
WHOLE_CELL = 80
# What colours a text takes time in proportion to it, and a line may be made to cost more.
_COLOURED = 50_000
_KINDS = (
    ("Comment", "c"),
    ("Literal.String", "s"),
    ("Literal.Number", "n"),
    ("Keyword", "k"),
    ("Operator.Word", "k"),
    ("Name.Function", "f"),
    ("Name.Class", "f"),
    ("Name.Builtin", "b"),
)


@dataclass(frozen=True)
class CodeLine:
    """One line of a cell, its number there, and its text as markup; `cell` is the cell's number."""

    cell: int
    number: int
    html: Markup


@dataclass(frozen=True)
class Listing:
    """Lines of one cell that are shown; `left_out` are not, of a function alone, where it `is_part`, or of the cell."""

    cell: int
    lines: tuple[CodeLine, ...]
    left_out: int = 0
    is_part: bool = False

    def has(self, place: tuple[int, int]) -> bool:
        """Whether the line of that (cell, number) is among them."""
        return self.cell == place[0] and any(line.number == place[1] for line in self.lines)


def listing(cell: Cell, first: int = 1, last: int | None = None) -> Listing:
    """The lines of a cell, from the first to the last of these numbers."""
    lines = _markup(cell.source)
    shown = lines[first - 1 : min(last or len(lines), first - 1 + MOST_LINES)]
    numbered = tuple(CodeLine(cell.number, number, text) for number, text in enumerate(shown, first))
    return Listing(cell.number, numbered, (last or len(lines)) - first + 1 - len(numbered), last is not None)


def of_exercise(cells: Sequence[Cell], name: str) -> Listing | None:
    """The code of one exercise: the cell that defines it, or the function alone where that is long; None where none does."""
    cell = defining(cells, name)
    if cell is None:
        return None
    function = _function(cell, name)
    if function is None or cell.source.count("\n") < WHOLE_CELL:
        return listing(cell)
    first = min([function.lineno, *(one.lineno for one in function.decorator_list)])
    return listing(cell, first, function.end_lineno)


def others(cells: Sequence[Cell], shown: Collection[int]) -> Iterator[Listing]:
    """The cells that are not shown yet, in their order, as far as there is room."""
    left = MOST_IN_ALL
    for cell in cells:
        if cell.number not in shown and left > 0:
            found = listing(cell)
            left -= len(found.lines)
            yield found


def defining(cells: Sequence[Cell], name: str) -> Cell | None:
    """The last cell that defines an exercise, or would if it parsed."""
    return next((cell for cell in reversed(cells) if bare(name) in map(bare, _defined(cell))), None)


def _defined(cell: Cell) -> Iterable[str]:
    tree = parse(cell)
    return tree.names if isinstance(tree, Problem) else (one.name for one in _functions(cell))


def _function(cell: Cell, name: str) -> ast.FunctionDef | None:
    return next((one for one in reversed(_functions(cell)) if bare(one.name) == bare(name)), None)


def _functions(cell: Cell) -> list[ast.FunctionDef]:
    tree = parse(cell)
    return [] if isinstance(tree, Problem) else [one for one in tree.body if isinstance(one, ast.FunctionDef)]


# ---- which lines a finding names


def named_lines(
    cases: Iterable[CaseResult], outputs: Collection[str], cells: Sequence[Cell], name: str
) -> list[tuple[int, int]]:
    """(cell, line) of every line of the notebook that the findings on these outputs of an exercise name, in their order."""
    found = (
        place
        for case in cases
        for finding in case.findings
        if finding.output is None or finding.output in outputs
        for place in _places(finding, cells, name)
    )
    return list(dict.fromkeys(found))


def _places(finding: Finding, cells: Sequence[Cell], name: str) -> Iterator[tuple[int, int]]:
    for said in _with_gaps(finding.message):
        if "line" in said:
            yield from _place(cells, said.get("function", name), said["line"], said.get("source", ""))
    differs = told(finding.misconception)
    if differs:
        yield from _place(cells, name, differs.line, "")


def _with_gaps(text: str) -> Iterator[Mapping[str, str]]:
    """What stands in the gaps of a sentence, and of those in its gaps."""
    gaps = text.gaps if isinstance(text, Sentence) and text.gaps else {}
    if gaps:
        yield gaps
    for gap in gaps.values():
        yield from _with_gaps(gap)


def _place(cells: Sequence[Cell], function: str, line: str, source: str) -> Iterator[tuple[int, int]]:
    """The line of a function that a message names, where it still says what the message quotes."""
    cell = defining(cells, function)
    lines = cell.source.splitlines() if cell else []
    if cell and line.isdecimal() and 0 < int(line) <= len(lines):
        start = source.removesuffix("…").rstrip()
        if lines[int(line) - 1].strip().startswith(start[:60]):
            yield cell.number, int(line)


def assigned_lines(cells: Sequence[Cell], exercise: str, name: str) -> list[tuple[int, int]]:
    """(cell, line) of every line of an exercise's function in which a quantity gets its value; none where these are many."""
    cell = defining(cells, exercise)
    function = cell and _function(cell, exercise)
    if not cell or not function:
        return []
    lines = sorted({line for node in ast.walk(function) for line in _assigns(node, name)})
    return [(cell.number, line) for line in lines] if len(lines) <= MOST_PLACES else []


def returns(cells: Sequence[Cell], exercise: str) -> list[tuple[int, int]]:
    """(cell, line) of every `return` of an exercise's function; none where these are many."""
    cell = defining(cells, exercise)
    function = cell and _function(cell, exercise)
    if not cell or not function:
        return []
    lines = sorted({node.lineno for node in ast.walk(function) if isinstance(node, ast.Return)})
    return [(cell.number, line) for line in lines] if len(lines) <= MOST_PLACES else []


def _assigns(node: ast.AST, name: str) -> Iterator[int]:
    """The line of a statement that gives a value to the name, or to the entry of that name."""
    match node:
        case ast.Name(id=found, ctx=ast.Store()) | ast.Subscript(slice=ast.Constant(value=found), ctx=ast.Store()):
            if found == name:
                yield node.lineno
        case ast.Dict(keys=[*keys], values=[*values]):
            for key, value in zip(keys, values, strict=True):
                # `"dw": dw` only hands it on.
                handed_on = isinstance(value, (ast.Name, ast.Subscript))
                if isinstance(key, ast.Constant) and key.value == name and not handed_on:
                    yield key.lineno


# ---- colours


@lru_cache(512)
def _markup(source: str) -> tuple[Markup, ...]:
    """Each line as markup: escaped, cut, its words in spans that say of what kind they are."""
    from markupsafe import Markup, escape

    plain = [line[:MOST_SIGNS] + "…" * (len(line) > MOST_SIGNS) for line in source.splitlines()]
    text = "\n".join(plain)
    if len(text) > _COLOURED:
        return tuple(map(escape, plain))
    lines: list[list[Markup]] = [[]]
    for kind, group in groupby(_tokens(text), key=lambda token: token[0]):
        words = "".join(words for _kind, words in group)
        for number, part in enumerate(words.split("\n")):
            if number:
                lines.append([])
            if part:
                lines[-1].append(Markup('<span class="{}">{}</span>').format(kind, part) if kind else escape(part))
    return tuple(Markup("").join(line) for line in lines[: max(1, len(plain))])


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    """(kind, words) of a text of Python; the words together are the text."""
    from pygments.lexers.python import PythonLexer

    lexer = PythonLexer(stripnl=False, stripall=False, ensurenl=False)
    for token, words in lexer.get_tokens(text):
        yield _kind(str(token)), words


@cache
def _kind(token: str) -> str:
    """The kind of a token of pygments, "Token.Keyword.Constant"; '' for one that is not coloured."""
    return next((kind for start, kind in _KINDS if f"{token}.".startswith(f"Token.{start}.")), "")

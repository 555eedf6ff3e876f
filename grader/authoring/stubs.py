"""What a student finds in place of a solution: a stub that says how long the answer is and fails loudly."""

from __future__ import annotations

import ast
import re

from ..words.errors import GraderError

START, END = "### START CODE HERE ###", "### END CODE HERE ###"


class MarkerError(GraderError):
    """The markers of a solution region are not right; the message quotes the cell."""


def stub(source: str) -> str:
    """The source with `raise NotImplementedError("name: about n lines")` in its solution region. Raises MarkerError."""
    lines = source.split("\n")
    region = _region(source, lines)
    if region is None:
        return source
    start, end = region
    function = _function_around(source, start)
    n = sum(1 for line in lines[start + 1 : end] if line.strip() and not line.strip().startswith("#"))
    indent = lines[start][: len(lines[start]) - len(lines[start].lstrip())]
    message = f"{function}: about {n} line{'s' if n != 1 else ''}"
    return "\n".join([*lines[: start + 1], f'{indent}raise NotImplementedError("{message}")', *lines[end:]])


def _region(source: str, lines: list[str]) -> tuple[int, int] | None:
    """The lines of the two markers, counted from 0, or None where there is no marker."""
    found = [(number, line.strip()) for number, line in enumerate(lines) if re.search("CODE HERE", line, re.IGNORECASE)]
    for number, text in found:
        if text not in (START, END):
            raise MarkerError(_quoted(f"line {number + 1} is not exactly `{START}` or `{END}`", source))
    if not found:
        return None
    if [text for _number, text in found] != [START, END]:
        raise MarkerError(_quoted(f"a cell has one `{START}` and after it one `{END}`", source))
    return found[0][0], found[1][0]


def _function_around(source: str, line: int) -> str:
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise MarkerError(_quoted(f"line {error.lineno} does not parse ({error.msg})", source)) from None
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.lineno <= line + 1 <= (node.end_lineno or 0):
            return node.name
    raise MarkerError(_quoted("the markers are not inside a function", source))


def _quoted(what: str, source: str) -> str:
    return what + ", in this cell:\n" + "\n".join("    | " + line for line in source.split("\n"))

"""`--help` in the reader's language: what a command does, and each argument and option with its default and an example."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from ..words import _
from ..words.columns import padded, width, wrapped
from .terminal import columns

# Longer lines are hard to read, also where there is room for them.
_MOST_COLUMNS = 110
# In fewer, what is said of an option stands below its name, so far from the edge.
_LEAST_COLUMNS, _BELOW = 32, 6


class Command(TyperCommand):
    def format_help(self, ctx: Any, formatter: Any) -> None:
        formatter.write(_page(self, ctx))


class Group(TyperGroup):
    def format_help(self, ctx: Any, formatter: Any) -> None:
        formatter.write(_page(self, ctx))


def sentences(command: Any) -> Iterator[str]:
    """What the help of a command and of those below it says, for the catalogues of translators."""
    yield from _paragraphs(command)
    if panel := command.rich_help_panel:
        yield panel
    for parameter in command.params:
        yield parameter.help
        if isinstance(parameter.show_default, str):
            yield parameter.show_default
    for below in getattr(command, "commands", {}).values():
        yield from sentences(below)


def default_of(parameter: Any) -> str:
    """The default, in words; '' for a required parameter."""
    if parameter.required:
        return ""
    if isinstance(parameter.show_default, str):
        return _(parameter.show_default)
    if getattr(parameter, "is_flag", False):
        return _("off")
    value = parameter.default
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def value_of(parameter: Any) -> str:
    """The placeholder of a value, such as FILE; '' for a flag."""
    return "" if getattr(parameter, "is_flag", False) else parameter.metavar or str(parameter.name).upper()


def _page(command: Any, context: Any) -> str:
    most = min(columns(), _MOST_COLUMNS)
    above = [[*wrapped(text, 1, most)] for text in (_usage(command, context), *map(_, _paragraphs(command)))]
    panels = [[typer.style(title, bold=True), *_lines(rows, most)] for title, rows in _panels(command)]
    return "\n\n".join("\n".join(lines) for lines in (*above, *panels)) + "\n"


def _usage(command: Any, context: Any) -> str:
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    named = [value_of(one) if one.required else f"[{value_of(one)}]" for one in arguments]
    below = ["COMMAND ..."] if hasattr(command, "commands") else []
    return _("Usage: {command}").format(command=" ".join([context.command_path, "[OPTIONS]", *named, *below]))


def _paragraphs(command: Any) -> list[str]:
    return [" ".join(paragraph.split()) for paragraph in inspect.cleandoc(command.help or "").split("\n\n")]


# A row of a panel: its name, what stands in the place of its value, and what is said about it.
Row = tuple[str, str, str]


def _panels(command: Any) -> Iterator[tuple[str, list[Row]]]:
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option"]
    if arguments:
        yield _("Arguments"), [(value_of(one), "", _said(one)) for one in arguments]
    rows = [(", ".join(one.opts), value_of(one), _said(one)) for one in options]
    yield _("Options"), [*rows, ("--help", "", _("Show this page and do nothing else."))]
    found: dict[str, list[Row]] = {}
    for name, below in getattr(command, "commands", {}).items():
        found.setdefault(below.rich_help_panel or _("Commands"), []).append((name, "", _(_paragraphs(below)[0])))
    yield from ((_(title), rows) for title, rows in found.items())


def _said(parameter: Any) -> str:
    required, default = _("required"), _("default: {value}")
    more = required if parameter.required else default.format(value=default_of(parameter))
    return f"{_(parameter.help)} [{more}]"


def _lines(rows: list[Row], most: int) -> Iterator[str]:
    """Rows in columns: the name, what stands in the place of its value, and what is said, in as many lines as it takes."""
    names, values = (max(width(row[n]) for row in rows) for n in (0, 1))
    left = 1 + names + 2 + (values + 2 if values else 0)
    beside = most - left >= _LEAST_COLUMNS
    for name, value, text in rows:
        head = padded(name, names) + "  " + (padded(value, values + 2) if values else "")
        first, *others = wrapped(text, left if beside else _BELOW, most)
        yield f" {typer.style(name, bold=True)}{head[len(name) :]}{first.lstrip() if beside else ''}".rstrip()
        yield from others if beside else (first, *others)

"""Remarks about code that is not wrong but worth knowing, shown under the table of a check."""

from __future__ import annotations

import ast
import builtins
import dis
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from types import CodeType, FunctionType, ModuleType
from typing import Any

from ..course import Library, Outcome, current
from ..running.bounds import SECONDS
from ..running.exceptions.arrays import usual_cause
from ..running.modules import is_importable
from ..running.notebook import Cell, NameOrigin, origin, why_not_defined
from ..words import _


def notes_on(
    function: Callable[..., Any] | None,
    outcomes: Sequence[Outcome],
    absent: Iterable[str] = (),
    said: Sequence[str] = (),
) -> list[str]:
    """A sentence or two on each thing that is not wrong but worth knowing.

    absent: names that other notes are about; said: what findings say, which is not said again.
    """
    known = dict.fromkeys(note for outcome in outcomes for note in outcome.notes)
    warned = _warnings(outcomes, said)
    return [*_other_variables(function, absent), *known, *warned, *_slow(outcomes), *_printed(outcomes)]


def _other_variables(function: Callable[..., Any] | None, absent: Iterable[str]) -> Iterator[str]:
    if names := [name for name in _reads_from_notebook(function) if name not in absent]:
        yield _(
            "Note: your function uses {names} from the notebook. Use its arguments instead: other callers have other data."
        ).format(names=", ".join(f"`{name}`" for name in names))


def _reads_from_notebook(function: Callable[..., Any] | None) -> list[str]:
    """Variables of the notebook that a function reads without getting them as arguments."""
    code = getattr(function, "__code__", None)
    if code is None:
        return []
    around = function.__globals__  # type: ignore[union-attr]
    return [
        name
        for name in dict.fromkeys(_read_globals(code))
        if name in around
        and not callable(around[name])
        and not isinstance(around[name], ModuleType)
        # A name of Python's, or numpy's, that was given away is another matter.
        and name not in vars(builtins)
        and name != "np"
    ]


def _read_globals(code: CodeType) -> Iterator[str]:
    """The names that some code, or a function or loop within it, takes from the notebook."""
    yield from (str(step.argval) for step in dis.get_instructions(code) if step.opname == "LOAD_GLOBAL")
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _read_globals(inner)


def notes_on_absent(
    name: str, names: Mapping[str, Any], cells: Sequence[Cell], exercises: Collection[str], library: Library
) -> dict[str, str]:
    """{what the function `name` uses that is not there while grading: a note on it}, as the code of a notebook shows it."""
    notes: dict[str, str] = {}
    for used, found in _reached(name, names, cells):
        # That the function itself is from elsewhere is a finding.
        asked_for = _asked_for(names.get(used), library)
        if asked_for and used != name:
            notes[used] = _is_asked_for(used, asked_for)
        elif why := why_not_defined(cells, used, exercises):
            notes[used] = _("Note: {why}").format(why=why)
        elif found.module and not is_importable(found.module, library.name):
            notes[found.module] = _without(found.module)
    for module in (module for code in _codes(names.get(name)) for module in _imported(code)):
        if _is_hidden(module, library):
            notes[module] = _is_asked_for(module, module)
        elif not is_importable(module, library.name):
            notes[module] = _without(module)
    return notes


def _asked_for(value: Any, library: Library) -> str:
    """The module of the library that holds what the lesson asks for, where a value is that or from there; else ''."""
    module = value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", None)
    return module if isinstance(module, str) and _is_hidden(module, library) else ""


def _is_hidden(module: str, library: Library) -> bool:
    return library.name != "" and module.startswith(f"{library.name}.") and library.hides(module)


def _is_asked_for(name: str, module: str) -> str:
    said = (
        _(
            "Note: your function uses `{name}` of `{module}`, which holds what this lesson asks for. It is not there while "
            "grading, and what needs it earns nothing: write it yourself."
        )
        if name != module
        else _(
            "Note: your function uses `{module}`, which holds what this lesson asks for. It is not there while grading, and "
            "what needs it earns nothing: write it yourself."
        )
    )
    return said.format(name=name, module=module)


def _without(module: str) -> str:
    said = _("Note: your function uses `{module}`, which is not there while grading, unless your teacher provides it.")
    there = (
        _("numpy, `{library}` and the mathematics of Python's standard library are there.")
        if current().library
        else _("numpy and the mathematics of Python's standard library are there.")
    )
    return f"{said.format(module=module)} {there.format(library=current().library)}"


def _reached(name: str, names: Mapping[str, Any], cells: Sequence[Cell]) -> Iterator[tuple[str, NameOrigin]]:
    """The names of the notebook that a function uses, itself, in what it calls or in what it is made of."""
    left, seen = [name], set()
    while left:
        if (one := left.pop()) in seen or (found := origin(cells, one)) is None:
            continue
        seen.add(one)
        yield one, found
        codes = _codes(names.get(one))
        left += [other for code in codes for other in _read_globals(code)] if codes else _read_in(found.line)


def _codes(value: Any) -> list[CodeType]:
    return [value.__code__] if type(value) is FunctionType else []


def _imported(code: CodeType) -> Iterator[str]:
    """The modules that some code imports, also as `from package import module`."""
    module = ""
    for step in dis.get_instructions(code):
        if step.opname == "IMPORT_NAME":
            module = str(step.argval)
            yield module
        elif (
            step.opname == "IMPORT_FROM"
            and module in sys.modules
            and isinstance(vars(sys.modules[module]).get(str(step.argval)), ModuleType)
        ):
            yield f"{module}.{step.argval}"


def _read_in(line: str) -> list[str]:
    """The names that a line of its own reads; none where it is only the first of several."""
    try:
        tree = ast.parse(line)
    except SyntaxError:
        return []
    return [node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)]


def _warnings(outcomes: Sequence[Outcome], said_before: Sequence[str]) -> Iterator[str]:
    for text in list(dict.fromkeys(text for outcome in outcomes for text in outcome.warnings))[:3]:
        if (cause := usual_cause(text)) and any(cause in message for message in said_before):
            continue
        said = _("Note: numpy warned: {text}.").format(text=text.rstrip("."))
        yield f"{said} {cause}".rstrip()


def _slow(outcomes: Sequence[Outcome]) -> Iterator[str]:
    if any(outcome.seconds > SECONDS / 2 for outcome in outcomes):
        yield _("Note: a call took more than {half:.0f} s. While grading it may take {limit:.0f} s.").format(
            half=SECONDS / 2, limit=SECONDS
        )


def _printed(outcomes: Sequence[Outcome]) -> Iterator[str]:
    if printed := next((outcome.printed.rstrip() for outcome in outcomes if outcome.printed.strip()), ""):
        lines = printed.splitlines()
        yield _("Your function printed:") + "\n" + "\n".join(lines[:10] + ["…"] * (len(lines) > 10))

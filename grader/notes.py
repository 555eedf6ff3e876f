"""What is not wrong in a function but worth knowing: shown under the table of a check."""

from __future__ import annotations

import dis
from collections.abc import Callable, Iterator, Sequence
from types import CodeType, ModuleType
from typing import Any

from .course import Outcome
from .limits import SECONDS
from .raised.arrays import usual_cause
from .words import _


def notes_on(function: Callable[..., Any] | None, outcomes: Sequence[Outcome]) -> list[str]:
    """A sentence or two on each thing that is not wrong but worth knowing."""
    return [*_other_variables(function), *_warnings(outcomes), *_slow(outcomes), *_printed(outcomes)]


def _other_variables(function: Callable[..., Any] | None) -> Iterator[str]:
    if names := _reads_from_notebook(function):
        yield _(
            "Note: your function uses {names} from the notebook. Use its arguments instead: other callers have other data, and "
            "while grading there may be no such variable."
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
        if name in around and not callable(around[name]) and not isinstance(around[name], ModuleType)
    ]


def _read_globals(code: CodeType) -> Iterator[str]:
    """The names that some code, or a function or loop within it, takes from the notebook."""
    yield from (str(step.argval) for step in dis.get_instructions(code) if step.opname == "LOAD_GLOBAL")
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _read_globals(inner)


def _warnings(outcomes: Sequence[Outcome]) -> Iterator[str]:
    for text in list(dict.fromkeys(text for outcome in outcomes for text in outcome.warnings))[:3]:
        said = _("Note: numpy warned: {text}.").format(text=text.rstrip("."))
        yield f"{said} {usual_cause(text)}".rstrip()


def _slow(outcomes: Sequence[Outcome]) -> Iterator[str]:
    if any(outcome.seconds > SECONDS / 2 for outcome in outcomes):
        yield _("Note: a call took more than {half:.0f} s. While grading it may take {limit:.0f} s.").format(
            half=SECONDS / 2, limit=SECONDS
        )


def _printed(outcomes: Sequence[Outcome]) -> Iterator[str]:
    if printed := next((outcome.printed.rstrip() for outcome in outcomes if outcome.printed.strip()), ""):
        lines = printed.splitlines()
        yield _("Your function printed:") + "\n" + "\n".join(lines[:10] + ["…"] * (len(lines) > 10))

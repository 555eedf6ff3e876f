"""An exception of a student's function -> what to say about it: its line, the shapes there, the usual cause."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from ..words import _, encodable
from .arrays import loops
from .place import Place, places_of
from .reasons import reason

LONGEST = 900
FAMILIAR = 60


class Unavailable(Exception):
    """Raised where a function uses a module that is not there while grading."""


class Stopped(BaseException):
    """Raised in the midst of a call whose time is over, so that it can be said where that was."""


def explained(error: BaseException, function: Callable[..., Any]) -> tuple[str, str]:
    """The kind of problem an exception is, and the message for it."""
    place = next(_places(error, function), None)
    text = text_of(error)
    if isinstance(error, NotImplementedError):
        if place is not None and place.function != getattr(function, "__name__", place.function):
            text = _("it calls {name}, which is not filled in yet").format(name=place.function)
        return "not_implemented", text
    if isinstance(error, Unavailable):
        return "unavailable", text
    if isinstance(error, Stopped):
        return "timeout", where_stopped(error, function)
    if isinstance(error, SystemExit):
        text = _("it ends the program with exit()")
    where = "" if place is None else _(" in line {line}: `{source}`").format(line=place.line, source=place.source)
    if why := reason(error, text, place):
        # The first words are what people look up; the rest is for those who know numpy well.
        text = text if len(text) <= FAMILIAR else text[:FAMILIAR].rstrip() + "…"
    if isinstance(error, MemoryError):
        # numpy says how much was asked for, and for which shape.
        said = (text or _("there is not enough memory for what it makes")) + "," * bool(where) + where
        return "memory", f"{said}. {why}"[:LONGEST] if why else said
    said = f"{type(error).__name__}{where}" + f" ({text})" * bool(text)
    return "raised", f"{said}. {why}"[:LONGEST] if why else said


def where_stopped(error: BaseException, function: Callable[..., Any]) -> str:
    """The line at which a call was stopped from outside, and the loops it is in: ' in line 5: ...'."""
    places = list(islice(_places(error, function), 20))
    if not places:
        return ""
    place = next((place for place in places if loops(place)), places[0])
    where = _(" in line {line}: `{source}`").format(line=place.line, source=place.source)
    return f"{where}. {why}" if (why := loops(place)) else where


def _places(error: BaseException, function: Callable[..., Any]) -> Iterator[Place]:
    return places_of(error.__traceback__, getattr(function, "__globals__", None))


def text_of(error: BaseException | str, most: int = 300) -> str:
    """What an exception says, on one line; nothing if it fails to say it."""
    try:
        text = str(error)
    except Exception:
        return ""
    return encodable(" ".join(text.split())[:most])

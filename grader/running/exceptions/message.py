"""What is said of an exception: where it was raised and why, with what Python calls it at the end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from types import CodeType
from typing import Any

from ...course import CallProblem
from ...words import Sentence, _, cut, encodable, joined, ngettext
from ..unfilled import is_left_over
from .arrays import unending
from .place import Place, places_of
from .reasons import reason
from .signature import signature

LONGEST = 900
FAMILIAR = 60
# Of endless recursion the innermost calls are enough.
DEEPEST = 50


class Unavailable(Exception):
    """Raised where a function uses a module that is not there while grading."""


class Refused(Exception):
    """Raised where a right function, in the place of one of the student's, cannot compute with what it is called with."""

    def __init__(self, function: str, arguments: str) -> None:
        said = _("a right `{name}` cannot compute with the arguments of this call: {arguments}")
        super().__init__(said.format(name=function, arguments=arguments))


class Stopped(BaseException):
    """Raised inside a call whose time is used up, so that the message can say where it was."""


def explained(error: BaseException, function: Callable[..., Any]) -> tuple[CallProblem, Sentence, str]:
    """The kind of problem an exception is, the message for it, and its signature."""
    place, text = _innermost(error, function), text_of(error)
    if isinstance(error, NotImplementedError) and not _is_left_over(place, function):
        return "not_implemented", _unfinished(text, place, function), ""
    if isinstance(error, Unavailable):
        return "unavailable", text, ""
    if isinstance(error, Refused):
        return "raised", joined((text, _where(place) if place else ""), ","), ""
    if isinstance(error, Stopped):
        return "timeout", where_stopped(error, function), ""
    if isinstance(error, SystemExit):
        text = _("it ends the program with exit()")
    problem: CallProblem = "memory" if isinstance(error, MemoryError) else "raised"
    return problem, cut(_message(error, text, place), LONGEST), signature(error, text)


def _is_left_over(place: Place | None, function: Callable[..., Any]) -> bool:
    """Whether the line of the exercise that says it is not filled in yet stands among a student's own lines."""
    code = getattr(function, "__code__", None)
    if place is None or not isinstance(code, CodeType):
        return False
    return place.function == code.co_name and is_left_over(code, place.line)


def _unfinished(text: Sentence, place: Place | None, function: Callable[..., Any]) -> Sentence:
    if place is None or place.function == getattr(function, "__name__", place.function):
        return _as_long_as(text)
    return _("it calls {name}, which is not filled in yet").format(name=place.function)


# What a stub raises, as `grader build` writes it.
_LENGTH = re.compile(r"(\w+): about (\d{1,3}) lines?")


def _as_long_as(text: Sentence) -> Sentence:
    """How long other people's answers are, in the words of a stub, which are English in every notebook."""
    if not (found := _LENGTH.fullmatch(text)):
        return text
    n = int(found[2])
    return ngettext("{name}: about {n} line", "{name}: about {n} lines", n).format(name=found[1], n=n)


def _message(error: BaseException, text: Sentence, place: Place | None) -> Sentence:
    """Where it was raised and why; what Python calls it comes last."""
    cause = reason(error, text, place)
    if isinstance(error, MemoryError):
        # numpy says how much was asked for, and for which shape.
        where = Sentence() if place is None else _where(place)
        said = joined((text or _("there is not enough memory for what it makes"), where), ",")
        return joined((said, joined((cause, _called_from(place)))), ". ")
    if cause and len(text) > FAMILIAR:
        # The first words are what people look up; the rest is for those who know numpy well.
        text = Sentence(text[:FAMILIAR].rpartition(" ")[0] + "…")
    name = joined((type(error).__name__, text), ": ")
    why = joined((cause, _called_from(place)))
    said = joined((why, joined(("(", name, ")"), ""))) if why else name
    return said if place is None else joined((_at(place), said), ": ")


def _at(place: Place) -> Sentence:
    if not place.source:
        return _("line {line}").format(line=place.line)
    if place.caller is None:
        return _("line {line}, `{source}`").format(line=place.line, source=place.source)
    said = _("line {line} of `{function}`, `{source}`")
    return said.format(line=place.line, function=place.function, source=place.source)


def where_stopped(error: BaseException, function: Callable[..., Any]) -> Sentence:
    """Where a call was stopped from outside: the line of the outermost loop it was in, else its own: ' in line 5: ...'."""
    places = list(islice(_places(error, function), DEEPEST))
    for place in reversed(places):
        if found := unending(place):
            line, why = found
            source = place.text.splitlines()[line - 1].strip()
            return joined((_where(replace(place, line=line, source=source)), why), ". ")
    return _where(places[0]) if places else Sentence()


def place_of(error: BaseException, function: Callable[..., Any]) -> Sentence:
    """The line of the notebook that raised: ' in line 5: `...`'; '' where it is not known."""
    place = next(_places(error, function), None)
    return _where(place) if place else Sentence()


def _innermost(error: BaseException, function: Callable[..., Any]) -> Place | None:
    """The place in the notebook that raised; with that of the exercise, where it is another one."""
    places = list(islice(_places(error, function), DEEPEST))
    name = getattr(function, "__name__", "")
    caller = next((place for place in reversed(places) if place.function == name), None)
    if caller is None or places[0].function == name:
        return places[0] if places else None
    return replace(places[0], caller=caller)


def _where(place: Place) -> Sentence:
    if not place.source:
        # Code that came from no file and no cell.
        return _(" in line {line}").format(line=place.line)
    if place.caller is None:
        return _(" in line {line}: `{source}`").format(line=place.line, source=place.source)
    return _(" in line {line} of `{function}`: `{source}`").format(
        line=place.line, function=place.function, source=place.source
    )


def _called_from(place: Place | None) -> str:
    if place is None or place.caller is None:
        return ""
    said = _("This was called in line {line}: `{source}`.")
    return said.format(line=place.caller.line, source=place.caller.source)


def _places(error: BaseException, function: Callable[..., Any]) -> Iterator[Place]:
    return places_of(error.__traceback__, getattr(function, "__globals__", None))


def text_of(error: BaseException | str, most: int = 300) -> Sentence:
    """What an exception says, on one line; nothing if it fails to say it."""
    try:
        text = str(error)
    except Exception:
        return Sentence()
    if isinstance(text, Sentence) and text.ids:
        return cut(text, most)
    return Sentence(encodable(" ".join(text.split())[:most]))

"""The sandbox's side of the conversation: load a submission, answer its calls. All of it runs in the confined fork."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from types import FrameType
from typing import Any, NoReturn

import numpy as np

from ..course import Case, Given, Library, Outcome
from ..running.calling import call, plain
from ..running.exceptions import Refused, Stopped, Unavailable
from ..running.exceptions.place import described_all
from ..running.lookup import find, why_not_own
from ..running.modules import student_names
from ..running.notebook import Cell, define, why_not_defined
from ..running.signatures import NOTHING_AGREED, Contract, Signature
from ..running.watching import NOTHING_SEEN, Watched, watch
from ..words import _
from ..words.sentence import as_text
from .chance import fix_after_fork, numbering
from .confine import DESCRIPTOR
from .counting import MAX_MESSAGE, MAX_PARTS, WireError
from .wire import (
    CHUNK,
    HEADER,
    Answer,
    Ask,
    Call,
    Load,
    Loaded,
    Reply,
    as_seen,
    decode,
    encode,
    missing,
    pack,
    unpack,
)


def serve() -> None:
    """Load a submission, then answer one call after the other, until the host closes the connection."""
    signal.signal(signal.SIGUSR1, _stop)
    fix_after_fork()
    names: dict[str, Any] = {}
    cells: list[Cell] = []
    contract = NOTHING_AGREED
    while (body := _receive()) is not None:
        message = unpack(body)
        if isinstance(message, Load):
            names = student_names(Library(message.library, frozenset(message.hidden)), message.helpers)
            names["__builtins__"]["open"] = _no_open
            names["__builtins__"]["id"] = numbering()
            cells = [Cell(number, source) for number, source in message.cells]
            contract = _contract(message)
            problems = define(cells, names, message.signatures)
            _send(pack(Loaded([(list(p.names), as_text(p.message)) for p in problems])))
        elif isinstance(message, Call):
            _send(_answer(message, names, cells, contract))


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise Stopped


def _no_open(*_arguments: Any, **_named: Any) -> NoReturn:
    raise Unavailable(_("`open` is not available while grading: a function gets all it needs as arguments"))


def _contract(message: Load) -> Contract:
    agreed = {name: Signature(tuple(of), decode(defaults)) for name, (of, defaults) in message.signatures.items()}
    return Contract(agreed, decode(message.examples))


def _answer(message: Call, names: dict[str, Any], cells: Sequence[Cell], contract: Contract) -> bytes:
    if message.watched is None:
        return _reply(message, _play(message, names, cells, contract))
    found = _watch(message, names, contract)
    return pack(Reply(message.id, encode(None), None, "", [], seen=as_seen(found), complete=found.complete))


def _watch(message: Call, names: dict[str, Any], contract: Contract) -> Watched:
    function = find(names, message.name)
    if function is None:
        return NOTHING_SEEN
    shapes = frozenset(tuple(shape) for shape in message.watched or ())
    with np.errstate():
        return watch(function, _case(message), shapes, message.name, contract)


def _play(message: Call, names: dict[str, Any], cells: Sequence[Cell], contract: Contract) -> Outcome:
    function = find(names, message.name)
    if function is None:
        return Outcome(problem="missing", message=why_not_defined(cells, message.name, contract.signatures))
    if why := why_not_own(names, message.name):
        return Outcome(problem="missing", message=why)
    # What one exercise sets with np.seterr is not for the next.
    with np.errstate():
        return call(function, _case(message), message.name, contract)


def _case(message: Call) -> Case:
    given = {name: Given(_ask, name) for name in message.stand_ins}
    # What a case replaces is part of its question.
    given |= {name: Given(_compiled(source, of), decode(data)) for name, (source, of, data) in message.given.items()}
    return Case("", decode(message.args), decode(message.kwargs), given)


def _ask(name: str, *args: Any, **kwargs: Any) -> Any:
    """What a stand-in returns: the grader is asked, which answers from another sandbox."""
    _send(pack(Ask(name, encode(plain(args)), encode(plain(kwargs)))))
    answer = unpack(_receive() or b"")
    if not isinstance(answer, Answer):
        raise WireError("no answer")
    if answer.problem:
        raise Refused(name, described_all([*args, *kwargs.values()]))
    return decode(answer.value)


def _compiled(source: str, name: str) -> Callable[..., Any]:
    names: dict[str, Any] = {"np": np}
    exec(source, names)
    function: Callable[..., Any] = names[name]
    return function


def _reply(message: Call, outcome: Outcome) -> bytes:
    said, printed = list(map(as_text, outcome.warnings)), outcome.printed[:200]
    try:
        return pack(
            Reply(
                message.id,
                encode(outcome.value),
                outcome.problem,
                as_text(outcome.message),
                said,
                printed,
                outcome.changed,
                outcome.signature,
                list(outcome.asked),
                as_text(outcome.order),
                list(map(as_text, outcome.notes)),
                as_text(outcome.undrawn),
            )
        )
    except (WireError, MemoryError):
        text = _("the returned value is too large: at most {most} MB, and {parts} parts, can be compared").format(
            most=MAX_MESSAGE >> 20, parts=MAX_PARTS
        )
        return pack(Reply(message.id, encode(None), "memory", as_text(text), said, printed))


def _receive() -> bytearray | None:
    data = bytearray()
    while missing(data) > 0:
        part = os.read(DESCRIPTOR, CHUNK)
        if not part:
            return None
        data += part
    return data[HEADER.size :]


def _send(data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(DESCRIPTOR, view) :]

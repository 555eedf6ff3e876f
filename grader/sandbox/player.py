"""One submission, loaded: it answers calls. It says nothing of how messages come to it, and runs wherever it is confined."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

import numpy as np

from ..course import Case, Given, Library, Outcome
from ..running.calling import call, plain
from ..running.exceptions import Refused, Unavailable
from ..running.exceptions.place import described_all
from ..running.lookup import find, why_not_own
from ..running.modules import student_names
from ..running.notebook import Cell, define, why_not_defined
from ..running.signatures import NOTHING_AGREED, Contract, Signature
from ..running.watching import NOTHING_SEEN, Watched, watch
from ..words import _
from ..words.sentence import as_text
from .chance import numbering
from .counting import MAX_MESSAGE, MAX_PARTS, WireError
from .wire import Answer, Ask, Call, Load, Loaded, Reply, as_seen, decode, encode, pack, unpack


class Player:
    """A submission in this process. `ask` sends a question to the grader and returns its answer, without their lengths."""

    def __init__(self, ask: Callable[[bytes], bytes]) -> None:
        self._ask_grader = ask
        self._names: dict[str, Any] = {}
        self._cells: list[Cell] = []
        self._contract = NOTHING_AGREED

    def answer(self, body: bytes | bytearray) -> bytes:
        """The message that answers one of the grader's, with its length in front. Raises WireError."""
        message = unpack(body)
        if isinstance(message, Load):
            return pack(self._load(message))
        if isinstance(message, Call):
            return self._play(message) if message.watched is None else self._watch(message)
        raise WireError("no question")

    def _load(self, message: Load) -> Loaded:
        self._names = student_names(Library(message.library, frozenset(message.hidden)), message.helpers)
        self._names["__builtins__"]["open"] = _no_open
        self._names["__builtins__"]["id"] = numbering()
        self._cells = [Cell(number, source) for number, source in message.cells]
        self._contract = _contract(message)
        problems = define(self._cells, self._names, message.signatures)
        return Loaded([(list(p.names), as_text(p.message)) for p in problems])

    def _play(self, message: Call) -> bytes:
        return _reply(message, self._outcome(message))

    def _outcome(self, message: Call) -> Outcome:
        function = find(self._names, message.name)
        if function is None:
            why = why_not_defined(self._cells, message.name, self._contract.signatures)
            return Outcome(problem="missing", message=why)
        if why := why_not_own(self._names, message.name):
            return Outcome(problem="missing", message=why)
        # What one exercise sets with np.seterr is not for the next.
        with np.errstate():
            return call(function, self._case(message), message.name, self._contract)

    def _watch(self, message: Call) -> bytes:
        found = self._watched(message)
        return pack(Reply(message.id, encode(None), None, "", [], seen=as_seen(found), complete=found.complete))

    def _watched(self, message: Call) -> Watched:
        function = find(self._names, message.name)
        if function is None:
            return NOTHING_SEEN
        shapes = frozenset(tuple(shape) for shape in message.watched or ())
        with np.errstate():
            return watch(function, self._case(message), shapes, message.name, self._contract)

    def _case(self, message: Call) -> Case:
        given = {name: Given(self._ask, name) for name in message.stand_ins}
        # What a case replaces is part of its question.
        given |= {
            name: Given(_compiled(source, of), decode(data)) for name, (source, of, data) in message.given.items()
        }
        return Case("", decode(message.args), decode(message.kwargs), given, silent=message.silent)

    def _ask(self, name: str, *args: Any, **kwargs: Any) -> Any:
        """What a stand-in returns: the grader is asked, which answers from another sandbox."""
        answer = unpack(self._ask_grader(pack(Ask(name, encode(plain(args)), encode(plain(kwargs))))))
        if not isinstance(answer, Answer):
            raise WireError("no answer")
        if answer.problem:
            raise Refused(name, described_all([*args, *kwargs.values()]))
        return decode(answer.value)


def _no_open(*_arguments: Any, **_named: Any) -> NoReturn:
    raise Unavailable(_("`open` is not available while grading: a function gets all it needs as arguments"))


def _contract(message: Load) -> Contract:
    agreed = {name: Signature(tuple(of), decode(defaults)) for name, (of, defaults) in message.signatures.items()}
    return Contract(agreed, decode(message.examples))


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

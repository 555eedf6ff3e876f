"""One submission's process, seen from the grader: load it, call its functions, watch the limits, end it."""

from __future__ import annotations

import inspect
import secrets
from collections.abc import Callable, Collection, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Self
from weakref import WeakKeyDictionary

import msgspec

from ..course import CallProblem, Case, Outcome, current
from ..course.results import Level
from ..running.bounds import MEMORY_MB, SECONDS
from ..running.notebook import Cell, Problem
from ..running.pacing import paced
from ..running.signatures import NOTHING_AGREED, Contract
from ..running.watching import NOTHING_SEEN, Watched
from ..words import Sentence, _, changed, joined
from ..words.sentence import from_text
from .chance import blanked
from .counting import Allowance, WireError
from .deadlines import Deadline
from .outcomes import outcome
from .peer import MoreThanAsked, Peer
from .wire import (
    Answer,
    Ask,
    Call,
    Load,
    Loaded,
    Message,
    Reply,
    decode,
    encode,
    pack,
    unpack,
    watched,
)

# A function that takes the place of one of the submission's: the case it is called with, the seconds of CPU and those
# that may pass -> its outcome.
StandIn = Callable[[Case, float, float], Outcome]
NONE: Mapping[str, StandIn] = {}
# The most characters of the place where a process was when its time ran out.
LAST_WORDS = 400


class Ended(Exception):
    """The session's process is no more; `problem` is a kind of Finding."""

    def __init__(self, problem: CallProblem, message: Sentence) -> None:
        super().__init__(message)
        self.problem, self.message = problem, message


@dataclass(frozen=True)
class Limits:
    """seconds of CPU for one exercise, memory_mb for the whole submission, and the level of isolation.

    total   seconds that pass for the whole submission, where there is such a limit
    """

    seconds: float = SECONDS
    memory_mb: int = MEMORY_MB
    isolation: Level = "full"
    total: float | None = None


class Session:
    """One submission in its own process, or instance. Use as a context manager."""

    def __init__(self, peer: Peer, limits: Limits) -> None:
        self._peer = peer
        self._clock = peer.clock
        self._limits = limits
        self._allowance = Allowance()
        self.ended = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self.ended = True
        self._peer.end()

    def load(
        self,
        lesson: str,
        cells: Sequence[Cell],
        helpers: Mapping[str, str],
        contract: Contract = NOTHING_AGREED,
        wall: float | None = None,
    ) -> list[Problem]:
        """Run the definitions of a submission; what failed. Raises Ended."""
        signatures = {name: (list(of.names), encode(dict(of.defaults))) for name, of in contract.signatures.items()}
        written = [(cell.number, cell.source) for cell in cells]
        library, examples = current().library_in(lesson), encode(dict(contract.examples))
        message = Load(library.name, sorted(library.hidden), written, dict(helpers), signatures, examples)
        loaded = self._ask(message, Deadline(self._clock, self._limits.seconds, wall, self._limits.seconds))
        if not isinstance(loaded, Loaded):
            raise self._end("killed", _("its reply did not match the request"))
        return [Problem(tuple(names), changed(from_text(text, 600), blanked)) for names, text in loaded.problems[:1000]]

    def call(
        self,
        exercise: str,
        case: Case,
        seconds: float,
        stand_ins: Mapping[str, StandIn] = NONE,
        wall: float | None = None,
        limit: float | None = None,
        is_right: Callable[[Case, Outcome], bool] = lambda _case, _outcome: True,
    ) -> Outcome:
        """The outcome of one case, within that many seconds of CPU; its `seconds` are those the process used.

        stand_ins: functions that take the place of the submission's own; they get the arguments as plain data
        wall: seconds that may pass, whatever the process does, where they are not those that it may wait
        limit: what the exercise has, as is said where that is used up; None where less was left for the whole notebook
        is_right: of a case with a pace, whether what a further try with other inputs returns is right
        """
        deadline = Deadline(self._clock, seconds, wall, limit)
        return paced(case, lambda one: self._call(_question(exercise, one, stand_ins), deadline, stand_ins), is_right)

    def watch(
        self, exercise: str, case: Case, shapes: Collection[tuple[int, ...]], seconds: float, wall: float
    ) -> tuple[Watched, float]:
        """What the function computes on its way in one case, and the seconds of CPU that it used; nothing if it does not end."""
        deadline = Deadline(self._clock, seconds, wall)
        question = _question(exercise, case, ())
        start = deadline.spent()
        try:
            reply = self._ask(
                msgspec.structs.replace(question, watched=[list(shape) for shape in sorted(shapes)]), deadline
            )
            if not isinstance(reply, Reply) or reply.id != question.id:
                raise self._end("killed", _("its reply did not match the request"))
            return watched(reply), deadline.spent() - start
        except (Ended, WireError):
            self.close()
            return NOTHING_SEEN, deadline.spent() - start

    def _call(self, question: Call, deadline: Deadline, stand_ins: Mapping[str, StandIn]) -> Outcome:
        start = deadline.spent()
        try:
            reply = self._ask(question, deadline, lambda ask: self._answer(ask, stand_ins, deadline))
            if not isinstance(reply, Reply) or reply.id != question.id:
                raise self._end("killed", _("its reply did not match the request"))
            return replace(outcome(reply), seconds=deadline.spent() - start)
        except Ended as end:
            # Also where it is the solution's process that has ended: this one waits for its answer.
            self.close()
            return Outcome(problem=end.problem, message=changed(end.message, blanked), seconds=deadline.spent() - start)
        except WireError as error:
            self.close()
            return Outcome(
                problem="killed",
                message=_("its answer could not be read: {error}").format(error=error),
                seconds=deadline.spent() - start,
            )

    def _answer(self, ask: Ask, stand_ins: Mapping[str, StandIn], deadline: Deadline) -> Answer:
        """What a stand-in says. Raises WireError, Ended."""
        found = _solved(ask, stand_ins, deadline)
        # What a stand-in computes is computed for this exercise.
        deadline.charge(found.seconds)
        if found.problem == "timeout":
            raise self._end("timeout", deadline.computed())
        if found.problem == "killed":
            raise self._end("killed", _("its process ended during the call"))
        # What it says otherwise quotes the solution.
        return Answer(encode(found.value), "failed" if found.problem else "")

    def _end(self, problem: CallProblem, message: Sentence) -> Ended:
        self.close()
        return Ended(problem, message)

    def _ask(self, message: Message, deadline: Deadline, answering: Callable[[Ask], Answer] | None = None) -> Message:
        """What the process answers, once its own questions are answered. Raises Ended."""
        if self.ended:
            raise Ended("killed", _("its process has ended"))
        replies: list[Message] = []

        def take(body: bytes | bytearray) -> bytes | None:
            reply = unpack(body, self._allowance)
            if answering and isinstance(reply, Ask):
                return pack(answering(reply))
            replies.append(reply)
            return None

        try:
            self._peer.exchange(pack(message), deadline, take)
            return replies[0]
        except TimeoutError as error:
            raise self._end("timeout", joined((str(error), self._last_words()), "")) from None
        except MoreThanAsked:
            raise self._end("killed", _("it answered more than was asked, or ended after its answer")) from None
        except (ConnectionError, EOFError):
            raise self._end("killed", _("its process ended during the call")) from None
        except WireError as error:
            raise self._end("killed", _("its answer could not be read: {error}").format(error=error)) from None

    def _last_words(self) -> Sentence:
        """Where the process was in the student's code, if it says so at once."""
        try:
            reply = unpack(self._peer.last_words(), self._allowance)
        except (OSError, EOFError, TimeoutError, WireError, MoreThanAsked):
            return Sentence()
        if not isinstance(reply, Reply) or reply.problem != "timeout":
            return Sentence()
        return from_text(reply.message, LAST_WORDS)


def _solved(ask: Ask, stand_ins: Mapping[str, StandIn], deadline: Deadline) -> Outcome:
    """What the stand-in of that name comes to in what is left of the time. Raises WireError, Ended."""
    if ask.name not in stand_ins:
        raise WireError(ask.name[:50])
    return stand_ins[ask.name](Case("", decode(ask.args), decode(ask.kwargs)), *deadline.left())


def _question(exercise: str, case: Case, stand_ins: Iterable[str]) -> Call:
    # An answer must name this number, which nothing can know before it is asked. It is always as long.
    number = secrets.randbits(62) | 1 << 62
    return Call(number, exercise, *_written(case), list(stand_ins), case.silent)


# The arguments of a case, those by name, and {name: what takes its place}.
_Written = tuple[msgspec.Raw, msgspec.Raw, dict[str, tuple[str, str, msgspec.Raw]]]
# For as long as there is the case: every submission is asked the same ones.
_WRITTEN: MutableMapping[Case, _Written] = WeakKeyDictionary()


def _written(case: Case) -> _Written:
    """What a case asks, as it is sent."""
    if case not in _WRITTEN:
        given = {
            name: (_source(one.function), one.function.__name__, _raw(one.data)) for name, one in case.given.items()
        }
        _WRITTEN[case] = _raw(case.args), _raw(case.kwargs), given
    return _WRITTEN[case]


def _raw(value: Any) -> msgspec.Raw:
    return msgspec.Raw(msgspec.msgpack.encode(encode(value)))


@cache
def _source(function: Callable[..., Any]) -> str:
    """The source of a function that takes the place of one of the submission's: of a lesson's declarations."""
    return inspect.getsource(function)

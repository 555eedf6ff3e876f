"""One submission's process, seen from the grader: load it, call its functions, watch the limits, end it."""

from __future__ import annotations

import inspect
import os
import secrets
import select
import signal
import socket
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Self

from ..calling import paced
from ..course import Case, Outcome
from ..limits import MEMORY_MB, SECONDS
from ..notebook import Cell, Problem
from ..signatures import NOTHING_AGREED, Contract
from ..words import _
from .counting import MAX_MESSAGE, Allowance, WireError
from .wire import (
    HEADER,
    Answer,
    Ask,
    Call,
    Load,
    Loaded,
    Message,
    Reply,
    decode,
    encode,
    outcome,
    pack,
    unpack,
)

# A function that takes the place of one of the submission's: the case it is called with -> its outcome.
StandIn = Callable[[Case], Outcome]
NONE: Mapping[str, StandIn] = {}
# Training asks once or twice for each of some thousand iterations.
MAX_ASKED = 20_000
# How long a process may wait beyond twice its time, in seconds.
PATIENCE = 5.0
# How often the host looks at the CPU clock of a busy sandbox, in seconds.
WATCH = 0.25
# How long a process whose time is over has to say where it is, and how long that may be.
GRACE = 0.2
LAST_WORDS = 400


class Ended(Exception):
    """The session's process is no more; `problem` is a kind of Finding."""

    def __init__(self, problem: str, message: str) -> None:
        super().__init__(message)
        self.problem = problem


@dataclass(frozen=True)
class Limits:
    """seconds of CPU for one exercise, memory_mb for the whole submission, and the level of isolation.

    total   seconds that pass for the whole submission, where there is such a limit
    """

    seconds: float = SECONDS
    memory_mb: int = MEMORY_MB
    isolation: str = "full"
    total: float | None = None


class Session:
    """One submission in its own process. Use as a context manager."""

    def __init__(self, connection: socket.socket, pidfd: int, limits: Limits) -> None:
        connection.setblocking(False)
        self._connection = connection
        self._pidfd = pidfd
        self._clock = _Clock(pidfd)
        self._limits = limits
        self._allowance = Allowance()
        self._poll = select.poll()
        self._poll.register(connection, select.POLLIN)
        self.ended = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self.ended = True
        if self._pidfd >= 0:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
            os.close(self._pidfd)
            self._connection.close()
            self._pidfd = -1

    def load(
        self, lesson: str, cells: Sequence[Cell], helpers: Mapping[str, str], contract: Contract = NOTHING_AGREED
    ) -> list[Problem]:
        """Run the definitions of a submission; what failed. Raises Ended."""
        signatures = {name: (list(of.names), encode(dict(of.defaults))) for name, of in contract.signatures.items()}
        written = [(cell.number, cell.source) for cell in cells]
        message = Load(lesson, written, dict(helpers), signatures, encode(dict(contract.examples)))
        loaded = self._ask(message, self._limits.seconds)
        if not isinstance(loaded, Loaded):
            raise self._end("killed", _("it answered something else than was asked"))
        return [Problem(tuple(names), text[:600]) for names, text in loaded.problems[:1000]]

    def call(
        self,
        exercise: str,
        case: Case,
        seconds: float,
        stand_ins: Mapping[str, StandIn] = NONE,
        copied: Sequence[str] = (),
    ) -> Outcome:
        """The outcome of one case, within that many seconds of CPU; its `seconds` are those the process used.

        stand_ins: functions that take the place of the submission's own; they get the arguments as plain data
        copied: functions of the submission that get copies of their arguments
        """
        return paced(case.pace, lambda: self._call(_question(exercise, case, stand_ins, copied), seconds, stand_ins))

    def _call(self, question: Call, seconds: float, stand_ins: Mapping[str, StandIn]) -> Outcome:
        start = self._clock()
        try:
            reply = self._ask(question, seconds)
            for _asked in range(MAX_ASKED):
                if not isinstance(reply, Ask):
                    break
                answer, cost = _answer(reply, stand_ins)
                # What a stand-in computes is computed for this exercise.
                start -= cost
                reply = self._ask(answer, seconds - (self._clock() - start))
            if not isinstance(reply, Reply) or reply.id != question.id:
                raise self._end("killed", _("it answered something else than was asked"))
            return replace(outcome(reply), seconds=max(0.0, self._clock() - start))
        except Ended as end:
            return Outcome(problem=end.problem, message=str(end), seconds=seconds)
        except WireError as error:
            self.close()
            return Outcome(problem="killed", message=_("its answer could not be read: {error}").format(error=error))

    def _end(self, problem: str, message: str) -> Ended:
        self.close()
        return Ended(problem, message)

    def _ask(self, message: Message, seconds: float) -> Message:
        if self.ended:
            raise Ended("killed", _("its process has ended"))
        watch = _Watch(self._clock, seconds)
        try:
            self._send(pack(message), watch)
            reply = self._message(watch)
            if self._poll.poll(0):
                raise self._end("killed", _("it answered more than was asked, or ended after its answer"))
            return reply
        except TimeoutError as error:
            raise self._end("timeout", str(error) + self._last_words()) from None
        except (ConnectionError, EOFError):
            raise self._end("killed", _("its process ended during the call")) from None
        except WireError as error:
            raise self._end("killed", _("its answer could not be read: {error}").format(error=error)) from None

    def _last_words(self) -> str:
        """Where the process is in the student's code, if it says so at once: it is asked by a signal, then it ends."""
        try:
            signal.pidfd_send_signal(self._pidfd, signal.SIGUSR1)
            reply = self._message(_Watch(self._clock, GRACE, GRACE))
        except (OSError, EOFError, TimeoutError, WireError):
            return ""
        return reply.message[:LAST_WORDS] if isinstance(reply, Reply) and reply.problem == "timeout" else ""

    def _message(self, watch: _Watch) -> Message:
        size: int = HEADER.unpack(self._receive(HEADER.size, watch))[0]
        return unpack(self._receive(size, watch), self._allowance)

    def _send(self, data: bytes, watch: _Watch) -> None:
        view = memoryview(data)
        while view:
            try:
                view = view[self._connection.send(view) :]
            except BlockingIOError:
                watch.check()
                select.select([], [self._connection], [], WATCH)

    def _receive(self, size: int, watch: _Watch) -> bytearray:
        if size > MAX_MESSAGE:
            raise WireError(_("{size} MB; at most {most} MB are read").format(size=size >> 20, most=MAX_MESSAGE >> 20))
        data = bytearray(size)
        rest = memoryview(data)
        while rest:
            watch.check()
            try:
                part = self._connection.recv_into(rest)
            except BlockingIOError:
                self._poll.poll(WATCH * 1000)
                continue
            if not part:
                raise EOFError
            rest = rest[part:]
        return data


def _answer(ask: Ask, stand_ins: Mapping[str, StandIn]) -> tuple[Answer, float]:
    """What the stand-in of that name returns, and the seconds it took. Raises WireError."""
    if ask.name not in stand_ins:
        raise WireError(ask.name[:50])
    found = stand_ins[ask.name](Case("", decode(ask.args), decode(ask.kwargs)))
    # What it says quotes the solution.
    answer = Answer(encode(found.value), "failed" if found.problem else "")
    return answer, found.seconds


def _question(exercise: str, case: Case, stand_ins: Iterable[str], copied: Iterable[str]) -> Call:
    given = {
        name: (inspect.getsource(g.function), g.function.__name__, encode(g.data)) for name, g in case.given.items()
    }
    # An answer must name this number, which nothing can know before it is asked.
    return Call(
        secrets.randbits(63), exercise, encode(case.args), encode(case.kwargs), given, list(stand_ins), list(copied)
    )


class _Clock:
    """The CPU seconds that another process has used; what it had used when it ended, afterwards."""

    def __init__(self, pidfd: int) -> None:
        # clock_getcpuclockid(3): the CPU-time clock of a process by its number, which it may not know itself.
        with open(f"/proc/self/fdinfo/{pidfd}", encoding="ascii") as info:
            pid = next(int(line.split()[1]) for line in info if line.startswith("Pid:"))
        self._id = (~pid << 3) | 2
        self._last = 0.0

    def __call__(self) -> float:
        with suppress(OSError):
            self._last = time.clock_gettime(self._id)
        return self._last


class _Watch:
    """Raises TimeoutError once a process has used its CPU time, or far more time than that has passed."""

    def __init__(self, clock: _Clock, seconds: float, wall: float | None = None) -> None:
        self._clock, self._seconds = clock, seconds
        self._cpu_end = clock() + seconds
        # A sleeping or starved process uses no CPU; this is the backstop.
        self._wall = 2 * seconds + PATIENCE if wall is None else wall
        self._wall_end = time.monotonic() + self._wall

    def check(self) -> None:
        if self._clock() > self._cpu_end:
            raise TimeoutError(_("stopped after {s:.0f} s of computing").format(s=self._seconds))
        if time.monotonic() > self._wall_end:
            raise TimeoutError(_("stopped after {s:.0f} s of waiting").format(s=self._wall))

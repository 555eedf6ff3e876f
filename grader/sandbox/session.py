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

from ..course import Case, Outcome, current
from ..limits import MEMORY_MB, SECONDS
from ..notebook import Cell, Problem
from ..pacing import paced
from ..signatures import NOTHING_AGREED, Contract
from ..words import _
from .chance import blanked
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

# A function that takes the place of one of the submission's: the case it is called with, the seconds of CPU and those
# that may pass -> its outcome.
StandIn = Callable[[Case, float, float], Outcome]
NONE: Mapping[str, StandIn] = {}
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
        loaded = self._ask(message, _Watch(self._clock, self._limits.seconds, wall, self._limits.seconds))
        if not isinstance(loaded, Loaded):
            raise self._end("killed", _("it answered something else than was asked"))
        return [Problem(tuple(names), blanked(text[:600])) for names, text in loaded.problems[:1000]]

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
        watch = _Watch(self._clock, seconds, wall, limit)
        return paced(case, lambda one: self._call(_question(exercise, one, stand_ins), watch, stand_ins), is_right)

    def _call(self, question: Call, watch: _Watch, stand_ins: Mapping[str, StandIn]) -> Outcome:
        start = watch.spent()
        try:
            reply = self._ask(question, watch)
            while isinstance(reply, Ask):
                found = _solved(reply, stand_ins, watch)
                # What a stand-in computes is computed for this exercise.
                watch.charge(found.seconds)
                if found.problem == "timeout":
                    raise self._end("timeout", watch.computed())
                if found.problem == "killed":
                    raise self._end("killed", _("its process ended during the call"))
                # What it says otherwise quotes the solution.
                reply = self._ask(Answer(encode(found.value), "failed" if found.problem else ""), watch)
            if not isinstance(reply, Reply) or reply.id != question.id:
                raise self._end("killed", _("it answered something else than was asked"))
            return replace(_without_chance(outcome(reply)), seconds=watch.spent() - start)
        except Ended as end:
            # Also where it is the solution's process that has ended: this one waits for its answer.
            self.close()
            return Outcome(problem=end.problem, message=blanked(str(end)), seconds=watch.spent() - start)
        except WireError as error:
            self.close()
            return Outcome(problem="killed", message=_("its answer could not be read: {error}").format(error=error))

    def _end(self, problem: str, message: str) -> Ended:
        self.close()
        return Ended(problem, message)

    def _ask(self, message: Message, watch: _Watch) -> Message:
        """What the process answers. Raises Ended."""
        if self.ended:
            raise Ended("killed", _("its process has ended"))
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


def wall_of(seconds: float) -> float:
    """The seconds that may pass for so many of CPU: a sleeping or starved process uses none, and this is the backstop."""
    return 2 * seconds + PATIENCE


def total_used_up() -> str:
    """What is said where the time of a whole submission is over."""
    return _("the time for the whole notebook was used up")


def _without_chance(found: Outcome) -> Outcome:
    """The outcome without addresses in what it says."""
    warnings = tuple(map(blanked, found.warnings))
    return replace(found, message=blanked(found.message), printed=blanked(found.printed), warnings=warnings)


def _solved(ask: Ask, stand_ins: Mapping[str, StandIn], watch: _Watch) -> Outcome:
    """What the stand-in of that name comes to in what is left of the time. Raises WireError, Ended."""
    if ask.name not in stand_ins:
        raise WireError(ask.name[:50])
    return stand_ins[ask.name](Case("", decode(ask.args), decode(ask.kwargs)), *watch.left())


def _question(exercise: str, case: Case, stand_ins: Iterable[str]) -> Call:
    given = {
        name: (inspect.getsource(g.function), g.function.__name__, encode(g.data)) for name, g in case.given.items()
    }
    # An answer must name this number, which nothing can know before it is asked. It is always as long.
    return Call(
        secrets.randbits(62) | 1 << 62, exercise, encode(case.args), encode(case.kwargs), given, list(stand_ins)
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
    """The one deadline of a call, its questions included: raises TimeoutError once either kind of time is used up."""

    def __init__(self, clock: _Clock, seconds: float, wall: float | None = None, limit: float | None = None) -> None:
        self._clock, self._seconds, self._limit = clock, seconds, limit
        self._start, self._charged = clock(), 0.0
        self._wall_end = time.monotonic() + (wall_of(seconds) if wall is None else wall)

    def charge(self, seconds: float) -> None:
        """Count what another process computed."""
        self._charged += seconds

    def spent(self) -> float:
        """The seconds of CPU that were used."""
        return max(0.0, self._clock() - self._start) + self._charged

    def left(self) -> tuple[float, float]:
        """The seconds of CPU that are left, and those that may pass."""
        return max(0.0, self._seconds - self.spent()), max(0.0, self._wall_end - time.monotonic())

    def computed(self) -> str:
        """What is said where the seconds of CPU are used up."""
        if self._limit is None:
            return total_used_up()
        return _("stopped after {s:.0f} s of computing").format(s=self._limit)

    def check(self) -> None:
        if self.spent() > self._seconds:
            raise TimeoutError(self.computed())
        if time.monotonic() > self._wall_end:
            raise TimeoutError(self._waited())

    def _waited(self) -> str:
        if self._limit is None:
            return total_used_up()
        return _("stopped after {s:.0f} s of waiting").format(s=wall_of(self._limit))

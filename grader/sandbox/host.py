"""The grader's side of the sandbox: start the zygote, open a session per submission, watch the limits, end it."""

from __future__ import annotations

import inspect
import json
import os
import secrets
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from typing import Self

from ..calling import paced
from ..course import Case, Outcome
from ..limits import MEMORY_MB, SECONDS
from ..notebook import Cell, Problem
from ..words import _
from .wire import HEADER, MAX_MESSAGE, Call, Load, Loaded, Message, Reply, WireError, encode, outcome, pack, unpack

# What isolation a session gives; the level stands in every result.
ISOLATION = "process"
# How often the host looks at the CPU clock of a busy sandbox.
WATCH = 0.25


class SandboxError(Exception):
    """The sandbox itself failed: a fault of the grader or the machine, never the student's."""


class Ended(Exception):
    """The session's process is no more; `problem` is a kind of Finding."""

    def __init__(self, problem: str, message: str) -> None:
        super().__init__(message)
        self.problem = problem


@dataclass(frozen=True)
class Limits:
    """seconds of CPU for one exercise, memory_mb for the whole submission."""

    seconds: float = SECONDS
    memory_mb: int = MEMORY_MB


class Sandbox:
    """A zygote process and the way to fork from it. Use as a context manager."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self._start()
        return self

    def __exit__(self, *_error: object) -> None:
        if self._process is not None:
            self._control.close()
            self._process.wait()
            self._process = None

    def _start(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-m", "grader.sandbox.zygote", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env={"PATH": os.defpath, "LANG": "C.UTF-8"} | dict.fromkeys(_ONE_THREAD, "1"),
            )
        self._control = ours
        if ours.recv(16) != b"ready":
            self.__exit__()
            raise SandboxError("the sandbox process did not start; its own message stands above")

    def session(self, limits: Limits) -> Session:
        """A fresh fork for one submission. Raises SandboxError."""
        try:
            return self._fork(limits)
        except OSError:
            # The zygote has ended: one new one, and then it is the machine's fault.
            self.__exit__()
            self._start()
        try:
            return self._fork(limits)
        except OSError as error:
            raise SandboxError(f"no sandbox process could be started: {error}") from None

    def _fork(self, limits: Limits) -> Session:
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self._control, [json.dumps(asdict(limits)).encode()], [theirs.fileno()])
        pid, descriptors, _flags, _address = socket.recv_fds(self._control, 64, 1)
        if not descriptors:
            ours.close()
            raise OSError("the zygote did not answer")
        return Session(ours, int(pid), descriptors[0], limits)


_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


class Session:
    """One submission in its own process: load it, call its functions, close it."""

    def __init__(self, connection: socket.socket, pid: int, pidfd: int, limits: Limits) -> None:
        connection.setblocking(False)
        self._connection = connection
        self._pidfd = pidfd
        # clock_getcpuclockid(3): the CPU-time clock of another process.
        self._clock = (~pid << 3) | 2
        self._limits = limits
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

    def load(self, lesson: str, cells: Sequence[Cell], helpers: Mapping[str, str]) -> list[Problem]:
        """Run the definitions of a submission; what failed. Raises Ended."""
        message = Load(lesson, [(cell.number, cell.source) for cell in cells], dict(helpers))
        loaded = self._ask(message, self._limits.seconds)
        if not isinstance(loaded, Loaded):
            raise self._end("killed", _("it answered something else than was asked"))
        return [Problem(tuple(names), text[:600]) for names, text in loaded.problems[:1000]]

    def call(self, exercise: str, case: Case, seconds: float) -> Outcome:
        """The outcome of one case, within that many seconds of CPU."""
        return paced(case.pace, lambda: self._call(exercise, case, seconds))

    def _call(self, exercise: str, case: Case, seconds: float) -> Outcome:
        given = {
            name: (inspect.getsource(g.function), g.function.__name__, encode(g.data)) for name, g in case.given.items()
        }
        id = secrets.randbits(63)
        start = _cpu_seconds(self._clock)
        try:
            reply = self._ask(Call(id, exercise, encode(case.args), encode(case.kwargs), given), seconds)
            if not isinstance(reply, Reply) or reply.id != id:
                raise self._end("killed", _("it answered something else than was asked"))
            # By the host's clock: what the other side says of its own time proves nothing.
            return replace(outcome(reply), seconds=_cpu_seconds(self._clock) - start)
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
            body = self._receive(HEADER.unpack(self._receive(HEADER.size, watch))[0], watch)
            if self._poll.poll(0):
                raise self._end("killed", _("it answered more than was asked"))
            return unpack(body)
        except TimeoutError as error:
            raise self._end("timeout", str(error)) from None
        except (ConnectionError, EOFError):
            raise self._end("killed", _("its process ended during the call")) from None
        except WireError as error:
            raise self._end("killed", _("its answer could not be read: {error}").format(error=error)) from None

    def _send(self, data: bytes, watch: _Watch) -> None:
        view = memoryview(data)
        while view:
            try:
                view = view[self._connection.send(view) :]
            except BlockingIOError:
                watch.check()
                select.select([], [self._connection], [], WATCH)

    def _receive(self, size: int, watch: _Watch) -> bytes:
        if size > MAX_MESSAGE:
            raise WireError(f"a message of {size} bytes")
        data = bytearray()
        while len(data) < size:
            try:
                part = self._connection.recv(min(size - len(data), 1 << 20))
            except BlockingIOError:
                watch.check()
                self._poll.poll(WATCH * 1000)
                continue
            if not part:
                raise EOFError
            data += part
        return bytes(data)


def _cpu_seconds(clock: int) -> float:
    """The CPU time that a process has used; 0 when it is no more."""
    try:
        return time.clock_gettime(clock)
    except OSError:
        return 0.0


class _Watch:
    """Raises TimeoutError once a process has used its CPU time, or far more time than that has passed."""

    def __init__(self, clock: int, seconds: float) -> None:
        self._clock, self._seconds = clock, seconds
        self._cpu_end = _cpu_seconds(clock) + seconds
        # A sleeping or starved process uses no CPU; this is the backstop.
        self._wall = 2 * seconds + 5
        self._wall_end = time.monotonic() + self._wall

    def check(self) -> None:
        if _cpu_seconds(self._clock) > self._cpu_end:
            raise TimeoutError(_("stopped after {s:.0f} s of computing").format(s=self._seconds))
        if time.monotonic() > self._wall_end:
            raise TimeoutError(_("stopped after {s:.0f} s of waiting").format(s=self._wall))

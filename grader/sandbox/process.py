"""A fork of the zygote, seen from the grader: messages through its socket, its clock of CPU time, its end."""

from __future__ import annotations

import os
import select
import signal
import socket
from collections.abc import Collection
from contextlib import suppress

from .deadlines import ClockOfProcess, Deadline
from .peer import MoreThanAsked, Take
from .wire import CHUNK, HEADER, missing

# How often the host looks at the CPU clock of a busy sandbox, in seconds.
WATCH = 0.25
# How long a process whose time is over has to say where it is, in seconds.
GRACE = 0.2


class Process:
    """The peer of a session, known by its pidfd."""

    def __init__(self, connection: socket.socket, pidfd: int) -> None:
        connection.setblocking(False)
        self._connection = connection
        self._pidfd = pidfd
        self.clock = ClockOfProcess(pidfd)
        self._poll = select.poll()
        self._poll.register(connection, select.POLLIN)

    def end(self) -> None:
        if self._pidfd >= 0:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
            os.close(self._pidfd)
            self._connection.close()
            self._pidfd = -1

    def exchange(self, data: bytes, deadline: Deadline, take: Take) -> None:
        answer: bytes | None = data
        while answer is not None:
            self._send(answer, deadline)
            answer = take(self._receive(deadline))
            if self._poll.poll(0):
                raise MoreThanAsked

    def last_words(self) -> bytes:
        """It is asked by a signal."""
        signal.pidfd_send_signal(self._pidfd, signal.SIGUSR1)
        return bytes(self._receive(Deadline(self.clock, GRACE, GRACE)))

    def _receive(self, deadline: Deadline) -> bytearray:
        """The one message that comes. Raises WireError, MoreThanAsked, EOFError, TimeoutError."""
        data = bytearray()
        while missing(data) > 0:
            data += self._received(deadline)
        if missing(data):
            raise MoreThanAsked
        return data[HEADER.size :]

    def _send(self, data: bytes, deadline: Deadline) -> None:
        view = memoryview(data)
        while view:
            try:
                view = view[self._connection.send(view) :]
            except BlockingIOError:
                deadline.check()
                select.select([], [self._connection], [], WATCH)

    def _received(self, deadline: Deadline) -> bytes:
        """What has been sent by now, up to CHUNK bytes; it is waited for, as long as there is time."""
        ready: Collection[object] = ()
        while not ready:
            ready = self._poll.poll(WATCH * 1000)
            deadline.check()
        if part := self._connection.recv(CHUNK):
            return part
        raise EOFError

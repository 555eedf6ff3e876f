"""The process that student code runs in: numpy is imported once, and every submission gets a fork.

It holds no reference value, no solution, and nothing of a later lesson. Started by `host.Sandbox` as
`python -I -m grader.sandbox.zygote DESCRIPTOR LESSON LEVEL`; it ends when that descriptor, its control socket, closes.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import sys
from contextlib import suppress
from typing import NoReturn

import msgspec

from .confine import address_space, confine, prepare
from .player import serve
from .warm import warm_up
from .wire import Open


def main(control: socket.socket, lesson: str, level: str) -> None:
    """Fork once for each request on the control socket, until it closes."""
    warm_up(lesson)
    size = address_space()
    try:
        fork = prepare(level)
    except OSError as error:
        control.send(str(error).encode())
        return
    control.send(b"ready")
    forks = _Forks()
    while True:
        forks.reap_until_readable(control)
        request, descriptors, _flags, _address = socket.recv_fds(control, 4096, 1)
        if not request:
            return
        pid = fork()
        if pid == 0:
            _serve_and_exit(descriptors[0], level, msgspec.msgpack.decode(request, type=Open), size)
        os.close(descriptors[0])
        socket.send_fds(control, [b"forked"], [forks.add(pid)])


class _Forks:
    """The forks that run, so that none is left behind as a zombie."""

    def __init__(self) -> None:
        self._pids: dict[int, int] = {}
        self._poll = select.poll()

    def add(self, pid: int) -> int:
        """A descriptor for the process."""
        pidfd = os.pidfd_open(pid)
        self._pids[pidfd] = pid
        self._poll.register(pidfd, select.POLLIN)
        return pidfd

    def reap_until_readable(self, control: socket.socket) -> None:
        self._poll.register(control, select.POLLIN)
        while not (ready := [descriptor for descriptor, _event in self._poll.poll()]).count(control.fileno()):
            for pidfd in ready:
                os.waitpid(self._pids.pop(pidfd), 0)
                self._poll.unregister(pidfd)
                os.close(pidfd)


def _serve_and_exit(connection: int, level: str, opened: Open, size: int) -> NoReturn:
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        confine(level, connection, size + (opened.memory_mb << 20), opened.seconds)
        serve()
    except BaseException:
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    # A grader that is stopped in the middle of a request closes the socket too.
    with suppress(ConnectionError):
        main(socket.socket(fileno=int(sys.argv[1])), sys.argv[2], sys.argv[3])

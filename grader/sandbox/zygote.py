"""The process that student code runs in: numpy is imported once, and every submission gets a fork.

It holds no reference value, no solution, and nothing of a later lesson. Started by `host.Sandbox` as
`python -P -s -m grader.sandbox.zygote DESCRIPTOR LESSON LEVEL`; it ends when that descriptor, its control socket, closes.

It takes no request itself: a fork waits for the next one and becomes the session, and then the next fork is made. So all
are forks of one process that never changes, and none can tell what was before it, not by an address either.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn

import msgspec

from . import clocks
from .confine import address_space, confine, end_with_parent, prepare
from .serving import serve
from .warm import warm_up
from .wire import Open


def main(control: socket.socket, lesson: str, level: str) -> None:
    """Have a fork wait for each request on the control socket, until it closes."""
    warm_up(lesson)
    clocks.stop()
    size = address_space()
    try:
        fork = prepare(level)
    except OSError as error:
        control.send(str(error).encode())
        return
    control.send(b"ready")
    # No fork is left behind as a zombie.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while _one_more(fork, control, level, size):
        pass


def _one_more(fork: Callable[[], int], control: socket.socket, level: str, size: int) -> bool:
    """Wait until a new fork has taken a request; whether it has, and did not end without one."""
    waiting, taken = os.pipe()
    if fork() == 0:
        os.close(waiting)
        _take_and_serve(control, taken, level, size)
    os.close(taken)
    try:
        return os.read(waiting, 1) != b""
    finally:
        os.close(waiting)


def _take_and_serve(control: socket.socket, taken: int, level: str, size: int) -> NoReturn:
    try:
        end_with_parent()
        request, descriptors, _flags, _address = socket.recv_fds(control, 4096, 1)
        if request:
            # First: whoever has the descriptor may end this process at once.
            os.write(taken, b".")
            socket.send_fds(control, [b"forked"], [os.pidfd_open(os.getpid())])
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            opened = msgspec.msgpack.decode(request, type=Open)
            confine(level, descriptors[0], size + (opened.memory_mb << 20), opened.seconds)
            serve()
    except BaseException:
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    # A grader that is stopped in the middle of a request closes the socket too.
    with suppress(ConnectionError):
        main(socket.socket(fileno=int(sys.argv[1])), sys.argv[2], sys.argv[3])

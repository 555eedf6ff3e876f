"""The process that student code runs in: numpy is imported once, and every submission gets a fork.

It holds no reference value and no solution. Started by `host.Sandbox` as `python -I -m grader.sandbox.zygote FD`.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import sys
from collections.abc import Callable
from typing import Any, NoReturn

import numpy as np

from ..calling import call, find
from ..course import Case, Given, Outcome
from ..modules import student_names
from ..notebook import Cell, define
from .confine import DESCRIPTOR, confine
from .wire import HEADER, Call, Load, Loaded, Reply, WireError, decode, encode, pack, unpack


def main(control: socket.socket) -> None:
    """Fork once for each request on the control socket, until it closes."""
    _warm_up()
    control.send(b"ready")
    while True:
        request, descriptors, _flags, _address = socket.recv_fds(control, 4096, 1)
        if not request:
            return
        pid = os.fork()
        if pid == 0:
            control.close()
            _serve_and_exit(descriptors[0], json.loads(request))
        os.close(descriptors[0])
        pidfd = os.pidfd_open(pid)
        socket.send_fds(control, [str(pid).encode()], [pidfd])
        os.close(pidfd)
        _reap()


def _warm_up() -> None:
    """Pay for what every fork needs, once, and keep the collector from touching (and so copying) these pages."""
    import nnlab.given  # noqa: F401

    np.ones((8, 8)) @ np.ones((8, 8))
    np.linalg.solve(np.eye(2), np.ones(2))
    np.random.default_rng(0).normal()
    gc.collect()
    gc.freeze()


def _reap() -> None:
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def _serve_and_exit(descriptor: int, limits: dict[str, Any]) -> NoReturn:
    try:
        os.setsid()
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        if descriptor != DESCRIPTOR:
            os.dup2(descriptor, DESCRIPTOR)
        confine(limits["memory_mb"], limits["seconds"])
        serve()
    except BaseException:
        os._exit(1)
    os._exit(0)


def serve() -> None:
    """Load a submission, then answer one call after the other, until the host closes the connection."""
    names: dict[str, Any] = {}
    while (body := _receive()) is not None:
        message = unpack(body)
        if isinstance(message, Load):
            names = student_names(message.lesson, message.helpers)
            problems = define([Cell(number, source) for number, source in message.cells], names)
            _send(pack(Loaded([(list(p.names), p.message) for p in problems])))
        elif isinstance(message, Call):
            _send(_reply(message, _play(message, names)))


def _play(message: Call, names: dict[str, Any]) -> Outcome:
    function = find(names, message.name)
    if function is None:
        return Outcome(problem="missing")
    given = {name: Given(_compiled(source, of), decode(data)) for name, (source, of, data) in message.given.items()}
    return call(function, Case("", decode(message.args), decode(message.kwargs), given))


def _compiled(source: str, name: str) -> Callable[..., Any]:
    names: dict[str, Any] = {"np": np}
    exec(source, names)
    function: Callable[..., Any] = names[name]
    return function


def _reply(message: Call, outcome: Outcome) -> bytes:
    said = list(outcome.warnings)
    try:
        return pack(Reply(message.id, encode(outcome.value), outcome.problem, outcome.message, said, outcome.seconds))
    except (WireError, MemoryError) as error:
        return pack(Reply(message.id, encode(None), "memory", f"the returned value is too large: {error}", said, 0.0))


def _receive() -> bytes | None:
    header = _read(HEADER.size)
    return None if header is None else _read(HEADER.unpack(header)[0])


def _read(size: int) -> bytes | None:
    data = bytearray()
    while len(data) < size:
        part = os.read(DESCRIPTOR, size - len(data))
        if not part:
            return None
        data += part
    return bytes(data)


def _send(data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(DESCRIPTOR, view) :]


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))

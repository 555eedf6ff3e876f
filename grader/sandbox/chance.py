"""What a process may draw by chance -> the same in every one, so that the same submission gives the same text.

Hash seeds and addresses are fixed where the zygote starts (`host`); an address that is said all the same is blanked.
"""

from __future__ import annotations

import itertools
import os
import random
import re
import time
from collections.abc import Callable
from typing import Any

import numpy as np

SEED = 0
# When every submission is graded, in seconds since 1970, and how far each look at a clock moves it on.
NOW, TICK = 1_767_225_600.0, 1e-3
_CLOCKS = ("time", "monotonic", "perf_counter", "process_time", "thread_time")
_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,}")


def fix() -> None:
    """Seed every generator of this process, and of those that are forked from it, and put their clocks on NOW."""
    _fix_generators()
    _fix_clocks()


def fix_after_fork() -> None:
    """Seed what Python itself seeds anew in every fork."""
    random.seed(SEED)


def numbering() -> Callable[[object], int]:
    """A function in the place of `id`: it numbers the things it is asked about."""
    numbers: dict[int, int] = {}
    return lambda thing, /: numbers.setdefault(id(thing), len(numbers) + 1)


def blanked(text: str) -> str:
    """`text` without addresses."""
    return _ADDRESS.sub("0x...", text)


def _fix_generators() -> None:
    stream = np.random.Generator(np.random.PCG64(SEED))
    # Also what `secrets` and an unseeded generator of numpy draw from.
    vars(random)["_urandom"] = os.urandom = stream.bytes
    seed = random.Random.seed

    def seeded(self: random.Random, a: Any = None, version: int = 2) -> None:
        seed(self, int.from_bytes(stream.bytes(8)) if a is None else a, version)

    random.Random.seed = seeded  # type: ignore[method-assign]
    np.random.seed(SEED)


def _fix_clocks() -> None:
    ticks = itertools.count()
    slept = [0.0]
    sleep = time.sleep

    def seconds(since: float) -> Callable[[], float]:
        return lambda: since + slept[0] + next(ticks) * TICK

    def sleeping(seconds: Any, /) -> None:
        sleep(seconds)
        slept[0] += float(seconds)

    for name in _CLOCKS:
        clock = seconds(NOW if name == "time" else 0.0)
        setattr(time, name, clock)
        setattr(time, f"{name}_ns", lambda clock=clock: int(clock() * 1e9))
    time.sleep = sleeping
    for name in ("localtime", "gmtime", "ctime"):
        setattr(time, name, _of_now(getattr(time, name)))


def _of_now(function: Callable[..., Any]) -> Callable[..., Any]:
    return lambda seconds=None, /: function(time.time() if seconds is None else seconds)

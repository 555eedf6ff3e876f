"""Measures a call relative to a reference workload run on the same machine at the same time."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from ..course import Case, Outcome
from .replacing import stand_in

# A call that seems too slow gets so many tries, and the work it is measured with runs for so many seconds of CPU: long
# enough for the clock, which on Windows is a coarse one (16 ms).
TRIES = 3
SPAN = 0.02 if sys.platform == "win32" else 0.003
# The clock of this thread alone. Where there is none, as in a browser, the clock runs while others work, and code is slow at
# first: there the quickest of so many spans counts.
_clock = getattr(time, "thread_time", time.process_time)
SPANS = 1 if hasattr(time, "thread_time") else 8


def paced(
    case: Case, run: Callable[[Case], Outcome], is_right: Callable[[Case, Outcome], bool] = lambda _case, _outcome: True
) -> Outcome:
    """The outcome of a case; where it has a pace, with its slowness: that of the quickest run, as machines are busy.

    Each further run gets inputs that nobody has seen, so that no answer is ready. Only one that is right counts.
    """
    outcome = run(case)
    if case.pace is None or outcome.problem:
        return outcome
    unit, seconds, rng = _unit(stand_in(case.pace.work)), outcome.seconds, np.random.default_rng()
    for _try in range(TRIES - 1):
        if seconds > case.pace.times * unit:
            other = afresh(case, rng)
            again = run(other)
            if again.problem is None and is_right(other, again):
                seconds = min(seconds, again.seconds)
    return replace(outcome, slowness=seconds / unit)


def afresh(case: Case, rng: np.random.Generator) -> Case:
    """The case with the entries of each array in another order: the same shapes, kinds and sizes of numbers."""
    return replace(case, args=tuple(_shuffled(value, rng) for value in case.args))


def _shuffled(value: Any, rng: np.random.Generator) -> Any:
    return rng.permutation(value.ravel()).reshape(value.shape) if isinstance(value, np.ndarray) else value


def _unit(work: Callable[[], Any]) -> float:
    """The CPU time of one run of `work`, as far as the clock tells it."""
    return min(_seconds(work) for _span in range(SPANS))


def _seconds(work: Callable[[], Any]) -> float:
    """The CPU time of one run of `work`, a mean over as many as fill SPAN."""
    runs, spent, start = 0, 0.0, _clock()
    while spent < SPAN:
        work()
        runs += 1
        spent = _clock() - start
    return spent / runs

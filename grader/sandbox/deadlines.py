"""Deadlines of a call, an exercise and a submission, in CPU seconds and in wall-clock seconds."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

from ..words import Sentence, _

# The CPU seconds that something has used.
Clock = Callable[[], float]
# How long a process may wait beyond twice its time, in seconds.
PATIENCE = 5.0


def wall_of(seconds: float) -> float:
    """The wall-clock seconds allowed for this many CPU seconds: the backstop for a process that sleeps or is starved of CPU."""
    return 2 * seconds + PATIENCE


def total_used_up() -> Sentence:
    """The message when the time of a whole submission is used up."""
    return _("the time for the whole notebook was used up")


class ClockOfProcess:
    """The CPU seconds that another process has used; what it had used when it ended, afterwards."""

    def __init__(self, pidfd: int) -> None:
        # clock_getcpuclockid(3): the CPU-time clock of a process by its number, which it may not know itself.
        with open(f"/proc/self/fdinfo/{pidfd}", encoding="ascii") as info:
            pid = next(int(line.split()[1]) for line in info if line.startswith("Pid:"))
        self._id = (~pid << 3) | 2
        self._last = 0.0

    def __call__(self) -> float:
        with suppress(OSError):
            self._last = time.clock_gettime(self._id)
        return self._last


class Deadline:
    """The one deadline of a call, its questions included: raises TimeoutError once either kind of time is used up."""

    def __init__(self, clock: Clock, seconds: float, wall: float | None = None, limit: float | None = None) -> None:
        self._clock, self._seconds, self._limit = clock, seconds, limit
        self._start, self._charged = clock(), 0.0
        self._wall_end = time.monotonic() + (wall_of(seconds) if wall is None else wall)

    def charge(self, seconds: float) -> None:
        """Count what another process computed."""
        self._charged += seconds

    def spent(self) -> float:
        """The seconds of CPU that were used."""
        return max(0.0, self._clock() - self._start) + self._charged

    def left(self) -> tuple[float, float]:
        """The seconds of CPU that are left, and those that may pass."""
        return max(0.0, self._seconds - self.spent()), max(0.0, self._wall_end - time.monotonic())

    def computed(self) -> Sentence:
        """The message when the CPU seconds are used up."""
        if self._limit is None:
            return total_used_up()
        return _("stopped after {s:.0f} s of computing").format(s=self._limit)

    def check(self) -> None:
        if self.spent() > self._seconds:
            raise TimeoutError(self.computed())
        if time.monotonic() > self._wall_end:
            raise TimeoutError(self._waited())

    def _waited(self) -> Sentence:
        if self._limit is None:
            return total_used_up()
        return _("stopped after {s:.0f} s of waiting").format(s=wall_of(self._limit))

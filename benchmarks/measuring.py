"""What all benchmarks share: ways of doing one thing, measured in turns, and the table of their ratios.

Imports nothing but numpy, so that it serves in the environments of the peers too.
"""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

Ways = Mapping[str, Callable[[], object]]
Timings = dict[str, list[float]]
# Beside an aim that was not reached.
MISSED = ", **missed**"


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_turns(ways: Ways, rounds: int) -> Timings:
    """The seconds of each way, one after the other in every round: what else the machine does falls on all of them.

    The first run of each, which loads and warms up, is not counted.
    """
    for work in ways.values():
        work()
    found: Timings = {name: [] for name in ways}
    for _round in range(rounds):
        for name, work in ways.items():
            found[name].append(seconds(work))
    return found


@dataclass(frozen=True)
class Table:
    """Timings of one piece of work, as ratios of the way called `base`.

    aims     {way: the most its ratio to the base may be}, where something was promised
    """

    title: str
    base: str
    timings: Timings
    aims: Mapping[str, float]
    note: str = ""

    def markdown(self) -> str:
        """A table with median, spread (the middle half) and ratio, in Markdown."""
        lines = [f"### {self.title}", ""] + ([self.note, ""] if self.note else [])
        lines += [f"| way | runs | median | middle half | ratio to {self.base} | aim |", "|---|---|---|---|---|---|"]
        return "\n".join([*lines, *(self._row(way) for way in self.timings), ""])

    def _row(self, way: str) -> str:
        low, middle, high = np.percentile(self.timings[way], [25, 50, 75])
        aim = most(self.ratio(way), self.aims[way]) if way in self.aims else ""
        many = len(self.timings[way])
        return f"| {way} | {many} | {short(middle)} | {short(low)} to {short(high)} | {self.ratio(way):.3g} | {aim} |"

    def ratio(self, way: str) -> float:
        """How many times as long a way takes as the base does: the median of the ratios of each round."""
        both = zip(self.timings[way], self.timings[self.base], strict=False)
        return float(np.median([one / other for one, other in both]))


def most(value: float, aim: float) -> str:
    """An aim not to be passed, and whether it was missed."""
    return f"at most {aim:g}{MISSED * (value > aim)}"


def least(value: float, aim: float) -> str:
    """An aim to be reached, and whether it was missed."""
    return f"at least {aim:g}{MISSED * (value < aim)}"


def short(seconds: float) -> str:
    """A time with three digits and its unit."""
    for size, unit in ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs")):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds:.2g} s"


def machine() -> dict[str, object]:
    """What a reader must know to judge the figures."""
    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "BLAS threads": os.environ.get("OPENBLAS_NUM_THREADS", "as the library likes"),
        "load before": [round(load, 2) for load in os.getloadavg()],
    }


def versions(*packages: str) -> dict[str, str]:
    from importlib.metadata import PackageNotFoundError, version

    found = {}
    for package in packages:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found

"""The network of docs/your-function.md in four libraries: the costs of each, by the lines that stand on that page.

python -m benchmarks.your_function             all four
python -m benchmarks.your_function ours torch  some of them
"""

from __future__ import annotations

import os
import re
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

import nnlab

PAGE = Path(__file__).resolve().parents[1] / "docs" / "your-function.md"
SIZES, RATE = [64, 20, 7, 5, 1], 0.1
_BLOCK = re.compile(r"```python name=(\w+)\n(.*?)```", re.DOTALL)


def blocks() -> dict[str, str]:
    """{library: its lines on the page}."""
    return dict(_BLOCK.findall(PAGE.read_text(encoding="utf-8")))


def problem() -> dict[str, Any]:
    """What the lines of the page take for granted: the digits, and first parameters N(0, 1) / sqrt(n)."""
    digits, rng = nnlab.load_dataset("digits"), np.random.default_rng(0)
    start: dict[str, np.ndarray] = {}
    for layer in range(1, len(SIZES)):
        start[f"W{layer}"] = rng.normal(size=(SIZES[layer], SIZES[layer - 1])) / np.sqrt(SIZES[layer - 1])
        start[f"b{layer}"] = np.zeros((SIZES[layer], 1))
    X = digits.train_x.reshape(len(digits.train_x), -1).T / 16
    return {"X": X, "Y": digits.train_y, "sizes": SIZES, "rate": RATE, "start": start}


def costs_of(library: str) -> list[float]:
    """The costs at steps 0, 100 and 200, by the lines of one library. Raises ImportError where it is not installed."""
    names = problem()
    exec(compile(blocks()[library], str(PAGE), "exec"), names)
    return [float(cost) for cost in names["costs"]]


def main(chosen: list[str]) -> None:
    os.environ.setdefault("KERAS_BACKEND", "jax")
    for library in chosen or blocks():
        try:
            costs = costs_of(library)
        except ImportError as error:
            print(f"{library:8} not installed: {error}")
            continue
        installed = "" if library == "ours" else version(library)
        print(f"{library:8} {installed:10}", "  ".join(f"{cost:.15f}" for cost in costs))


if __name__ == "__main__":
    main(sys.argv[1:])

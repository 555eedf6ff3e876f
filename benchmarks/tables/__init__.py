"""The numbers in the text of the lessons, measured again over five seeds: `python -m benchmarks.tables regularisation`."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

SEEDS = (1, 2, 3, 4, 5)


def cost_from_z(Z: np.ndarray, Y: np.ndarray) -> float:
    """The mean cross-entropy of sigmoid(Z), as lesson 02 derives it from z: it rounds nothing and has no bound."""
    return float(np.mean(np.logaddexp(0, Z) - Y * Z))


def over_seeds(name: str, once: Callable[[int], Mapping[str, float]], seeds: Iterable[int] = SEEDS) -> None:
    """Print the smallest and the largest of each number that `once(seed)` gives, and all of them."""
    runs = [once(seed) for seed in seeds]
    for what in runs[0]:
        values = [run[what] for run in runs]
        print(f"{name:34} {what:22} {min(values):9.4g} to {max(values):9.4g}   {rounded(values)}", flush=True)


def rounded(values: Sequence[float]) -> str:
    return " ".join(f"{value:.4g}" for value in values)

"""The numbers that the lessons state and no cell of theirs prints: measured again, over five seeds where chance plays a part.

python -m benchmarks.lesson_numbers LESSON ...    without a name: all of them; minutes on one core
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np

import nnlab
from nnlab.given import logistic_regression as neuron

SEEDS = range(5)
Numbers = list[float]


def percent(answers: Any, truth: Any) -> float:
    return float(100 * np.mean(answers == truth))


def from_to(values: Numbers, form: str = ".1f") -> str:
    return f"{min(values):{form}} to {max(values):{form}}"


def logistic_regression() -> None:
    """The neuron on digits whose pixels were scaled in four ways: test accuracy, cost after 100 iterations. No chance."""
    digits = nnlab.load_dataset("digits")
    X, X_test = (neuron.flatten_images(images).astype(float) for images in (digits.train_x, digits.test_x))
    mean, deviation = X.mean(axis=1, keepdims=True), X.std(axis=1, keepdims=True)
    deviation = np.where(deviation > 0, deviation, 1)
    ways: dict[str, Callable[[Any], Any]] = {
        "pixels from 0 to 16": lambda x: x,
        "divided by 16": lambda x: x / 16,
        "mean subtracted, divided by 16": lambda x: (x - mean) / 16,
        "mean 0, deviation 1": lambda x: (x - mean) / deviation,
    }
    for name, way in ways.items():
        run = neuron.model(way(X), digits.train_y, way(X_test), digits.test_y)
        test = percent(run["Y_prediction_test"], digits.test_y)
        print(f"{name:32} cost after 100 iterations {run['costs'][1]:.2f}, test {test:.1f} %")


MEASURED = {"logistic_regression": logistic_regression}


def main() -> None:
    for name in sys.argv[1:] or MEASURED:
        print(f"--- {name}")
        MEASURED[name]()


if __name__ == "__main__":
    main()

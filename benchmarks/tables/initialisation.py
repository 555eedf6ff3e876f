"""What lesson 06 says of its experiments."""

from collections.abc import Callable
from typing import Any

import numpy as np

import nnlab
from benchmarks.tables import cost_from_z, over_seeds
from nnlab.given import deep_net, flatten_images, standardize
from source_solutions.initialisation import (
    activation_statistics,
    initialize_parameters_he,
    initialize_parameters_random,
    initialize_parameters_xavier,
    initialize_parameters_zeros,
)

Parameters = dict[str, np.ndarray]
CIRCLES, TEN_HIDDEN, NOISE = [2, 20, 10, 1], [64, *[20] * 10, 1], [3072, 20, 7, 5, 1]


def small(sizes: list[int]) -> Parameters:
    return {name: value * 0.001 for name, value in initialize_parameters_random(sizes).items()}


STARTS: dict[str, Callable[[list[int]], Parameters]] = {
    "zeros": initialize_parameters_zeros,
    "times 10": initialize_parameters_random,
    "times 0.01": small,
    "Xavier": initialize_parameters_xavier,
    "He": initialize_parameters_he,
}


def scores(parameters: Parameters, X: np.ndarray, Y: np.ndarray) -> tuple[float, float]:
    """Right answers in percent, and the cost."""
    Z = deep_net.L_model_forward(X, parameters)[1][-1][1]
    return float(100 * np.mean((Z > 0) == Y)), cost_from_z(Z, Y)


def drawn(start: str, sizes: list[int], seed: int) -> Parameters:
    np.random.seed(seed)
    return STARTS[start](sizes)


def circles(start: str) -> Callable[[int], dict[str, float]]:
    X, Y = nnlab.circles(300, seed=0)
    X_new, Y_new = nnlab.circles(300, seed=1)

    def once(seed: int) -> dict[str, float]:
        first = drawn(start, CIRCLES, seed)
        ten, _ = deep_net.L_layer_model(X, Y, CIRCLES, 0.1, 10, False, first)
        last, _ = deep_net.L_layer_model(X, Y, CIRCLES, 0.1, 3000, False, first)
        Z = deep_net.L_model_forward(X, first)[1][-1][1]
        hidden = [cache[1] for cache in deep_net.L_model_forward(X, ten)[1][:-1]]
        return {
            "first cost": scores(first, X, Y)[1],
            "last cost": scores(last, X, Y)[1],
            "right": scores(last, X, Y)[0],
            "right, new": scores(last, X_new, Y_new)[0],
            "largest |z| at the start": float(np.abs(Z).max()),
            "typical |z| at the start": float(np.median(np.abs(Z))),
            "a is 0 or 1, percent": float(100 * np.mean(np.isin(1 / (1 + np.exp(-np.clip(Z, -745, 745))), (0, 1)))),
            "units at rest, step 10": float(sum(np.sum(np.all(z <= 0, axis=1)) for z in hidden)),
        }

    return once


def two_steps(seed: int) -> dict[str, float]:
    """From times 10 with the two steps of lesson 05 at the output: dA, then times the slope of the sigmoid."""
    X, Y = nnlab.circles(300, seed=0)
    parameters, first = drawn("times 10", CIRCLES, seed), drawn("times 10", CIRCLES, seed)
    for _ in range(3000):
        A, caches = deep_net.L_model_forward(X, parameters)
        dA = -Y / np.maximum(A, 1e-300) + (1 - Y) / np.maximum(1 - A, 1e-300)
        grads: dict[str, np.ndarray] = {}
        for layer in (3, 2, 1):
            kind = "sigmoid" if layer == 3 else "relu"
            dA, grads[f"dW{layer}"], grads[f"db{layer}"] = deep_net.linear_activation_backward(
                dA, caches[layer - 1], kind
            )
        parameters = deep_net.update_parameters(parameters, grads, 0.1)
    before, after = scores(first, X, Y), scores(parameters, X, Y)
    return {"right at the start": before[0], "right": after[0], "first cost": before[1], "last cost": after[1]}


def digits(start: str) -> Callable[[int], dict[str, float]]:
    data = nnlab.load_dataset("digits")
    X, X_test = (standardize(flatten_images(x), 16) for x in (data.train_x, data.test_x))

    def once(seed: int) -> dict[str, float]:
        learnt, _ = deep_net.L_layer_model(X, data.train_y, TEN_HIDDEN, 0.1, 500, False, drawn(start, TEN_HIDDEN, seed))
        right, cost = scores(learnt, X, data.train_y)
        return {"last cost": cost, "training": right, "test": scores(learnt, X_test, data.test_y)[0]}

    return once


def noise(start: str, largest: float, steps: int) -> Callable[[int], dict[str, float]]:
    """Random pixels, random labels: the network of lesson 05."""

    def once(seed: int) -> dict[str, float]:
        rng = np.random.default_rng(seed)
        X, Y = largest * rng.random((3072, 200)), rng.integers(0, 2, (1, 200))
        learnt, _ = deep_net.L_layer_model(X, Y, NOISE, 0.0075, steps, False, drawn(start, NOISE, seed))
        hidden = [cache[1] for cache in deep_net.L_model_forward(X, learnt)[1][:-1]]
        resting = float(sum(np.sum(np.all(z <= 0, axis=1)) for z in hidden))
        first = drawn(start, NOISE, seed)
        return {
            "right": scores(learnt, X, Y)[0],
            "first cost": scores(first, X, Y)[1],
            "last cost": scores(learnt, X, Y)[1],
            "units at rest of 32": resting,
            "one answer": float(100 * max(Y.mean(), 1 - Y.mean())),
        }

    return once


def twenty_layers(seed: int) -> dict[str, float]:
    sizes = [100] * 21
    X: Any = np.random.default_rng(0).normal(size=(100, 200))
    levels = [deviation for _, deviation in activation_statistics(X, drawn("He", sizes, seed), "relu")]
    return {"smallest": min(levels), "largest": max(levels)}


def measure() -> None:
    for start in STARTS:
        over_seeds(f"circles, {start}", circles(start))
    over_seeds("circles, times 10, two steps", two_steps)
    over_seeds("twenty layers, He, deviations", twenty_layers)
    for start in ("times 0.01", "Xavier", "He"):
        over_seeds(f"digits, ten hidden, {start}", digits(start))
    for start, largest in (("times 0.01", 1), ("Xavier", 1), ("Xavier", 255), ("He", 255)):
        over_seeds(f"noise, {start}, pixels to {largest}", noise(start, largest, 3000))

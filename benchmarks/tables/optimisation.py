"""What lesson 08 says of its experiments."""

from collections.abc import Callable
from typing import Any

import numpy as np

import nnlab
from benchmarks.tables import cost_from_z, over_seeds
from nnlab.given import deep_net, initialisation
from source_solutions.optimisation import (
    initialize_adam,
    random_mini_batches,
    schedule_lr_decay,
    update_parameters_with_adam,
    update_parameters_with_gd,
    update_parameters_with_momentum,
    update_parameters_with_rmsprop,
)

# The starts of the lesson begin at 0.
STARTS = range(5)
WAYS = ("gradient descent", "momentum", "RMSprop", "Adam")
X, Y = nnlab.moons(300, noise=0.2, seed=3)


def step_of(way: str, parameters: Any) -> Callable[[Any, Any, int, float], Any]:
    v, s = initialize_adam(parameters)

    def step(parameters: Any, grads: Any, t: int, rate: float) -> Any:
        nonlocal v, s
        if way == "gradient descent":
            return update_parameters_with_gd(parameters, grads, rate)
        if way == "momentum":
            parameters, v = update_parameters_with_momentum(parameters, grads, v, 0.9, rate)
        elif way == "RMSprop":
            parameters, s = update_parameters_with_rmsprop(parameters, grads, s, 0.9, rate)
        else:
            parameters, v, s = update_parameters_with_adam(parameters, grads, v, s, t, rate)
        return parameters

    return step


def trained(way: str, rate: float, epochs: int, seed: int, decay: bool = False) -> tuple[Any, list[float]]:
    """The parameters, and the cost of every epoch."""
    np.random.seed(seed)
    parameters, costs, t = initialisation.initialize_parameters_he([2, 20, 10, 1]), [], 0
    step = step_of(way, parameters)
    for epoch in range(epochs):
        rate_now = schedule_lr_decay(rate, epoch, 1.0, 50) if decay else rate
        for X_part, Y_part in random_mini_batches(X, Y, 64, seed=1000 * seed + epoch):
            t += 1
            AL, caches = deep_net.L_model_forward(X_part, parameters)
            parameters = step(parameters, deep_net.L_model_backward(AL, Y_part, caches), t, rate_now)
        costs.append(scores(parameters)[1])
    return parameters, costs


def scores(parameters: Any) -> tuple[float, float]:
    """Right answers in percent, and the cost."""
    Z = deep_net.L_model_forward(X, parameters)[1][-1][1]
    return float(100 * np.mean((Z > 0) == Y)), cost_from_z(Z, Y)


def of_rate(way: str, rate: float, epochs: int) -> Callable[[int], dict[str, float]]:
    def once(seed: int) -> dict[str, float]:
        right, cost = scores(trained(way, rate, epochs, seed)[0])
        return {"cost": cost, "right": right}

    return once


def with_decay(way: str, rate: float) -> Callable[[int], dict[str, float]]:
    def once(seed: int) -> dict[str, float]:
        constant, decayed = (trained(way, rate, 300, seed, decay)[1][-50:] for decay in (False, True))
        return {
            "mean, constant": float(np.mean(constant)),
            "mean, decay": float(np.mean(decayed)),
            "deviation, share left": float(np.std(decayed) / np.std(constant)),
        }

    return once


def border(_seed: int) -> dict[str, float]:
    """Where momentum in a valley of slope 50 w is after 2000 steps, below and above 2 (1 + beta) / ((1 - beta) slope) = 0.76."""
    found = {}
    for rate in (0.755, 0.765):
        w, v = 3.0, 0.0
        for _ in range(2000):
            v = 0.9 * v + 0.1 * 50 * w
            w -= rate * v
        found[f"rate {rate}"] = abs(w)
    return found


def measure() -> None:
    over_seeds("momentum's border", border, [0])
    for way in WAYS:
        over_seeds(f"rate 0.01, 300 epochs, {way}", of_rate(way, 0.01, 300), STARTS)
    for way in WAYS:
        for rate in (0.001, 0.01, 0.1, 1.0):
            over_seeds(f"rate {rate}, 100 epochs, {way}", of_rate(way, rate, 100), STARTS)
    for way, rate in zip(WAYS, (1.0, 1.0, 0.1, 0.1), strict=True):
        over_seeds(f"decay, rate {rate}, {way}", with_decay(way, rate), STARTS)
    over_seeds("decay, rate 0.01, gradient descent", with_decay("gradient descent", 0.01), STARTS)

"""The numbers that the lessons state and no cell of theirs prints: measured again, over five seeds where chance plays a part.

python -m benchmarks.lesson_numbers LESSON ...    without a name: all of them; minutes on one core
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np

import nnlab
from nnlab.given import deep_net as deep
from nnlab.given import gradient_checking as checked
from nnlab.given import logistic_regression as neuron
from source_solutions import deep_net as two_steps
from source_solutions import shallow_net as shallow

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


def shallow_net() -> None:
    """The flower: the best line, steps upwards at two rates, and relu instead of tanh."""
    X, Y = nnlab.flower(400, seed=0)
    print(f"the best of all lines: {_best_line(X, Y):.1f} %")
    for rate in (1.2, 0.9):
        print(f"rate {rate}: ", "; ".join(_costs_of(X, Y, seed, rate) for seed in SEEDS))
    for name, (x, y) in {"flower": (X, Y), "inner and outer": nnlab.gaussian_quantiles(200, seed=0)}.items():
        for form in ("tanh", "relu"):
            right = [_hidden_layer(x, y, seed, form) for seed in SEEDS]
            print(f"{name}, 4 units of {form}, 2000 steps: {from_to(right)} %")


def _best_line(X: Any, Y: Any) -> float:
    """The share of right answers, in percent, of the best line of 721 directions, at its best place."""
    best = 0
    for angle in np.linspace(0, np.pi, 721):
        sorted_labels = Y[0][np.argsort(np.cos(angle) * X[0] + np.sin(angle) * X[1])]
        ones = np.concatenate([[0], np.cumsum(sorted_labels)])
        right = np.arange(len(ones)) - ones + ones[-1] - ones
        best = max(best, right.max(), (len(ones) - 1 - right).max())
    return 100 * best / (len(ones) - 1)


def _costs_of(X: Any, Y: Any, seed: int, rate: float) -> str:
    """Every 1000th cost of 5000 steps, and how many steps led upwards."""
    np.random.seed(seed)
    parameters, costs = shallow.initialize_parameters(2, 4, 1), []
    for _step in range(5000):
        A2, cache = shallow.forward_propagation(X, parameters)
        costs.append(shallow.compute_cost(A2, Y))
        parameters = shallow.update_parameters(parameters, shallow.backward_propagation(parameters, cache, X, Y), rate)
    rises = np.flatnonzero(np.diff(costs) > 0)
    first = f", first after {rises[0]}" if rises.size else ""
    return f"{' '.join(f'{cost:.4f}' for cost in costs[::1000])}, {rises.size} up{first}"


def _hidden_layer(X: Any, Y: Any, seed: int, form: str) -> float:
    np.random.seed(seed)
    if form == "tanh":
        return percent(shallow.predict(shallow.nn_model(X, Y, 4, 2000), X), Y)
    parameters = shallow.initialize_parameters(2, 4, 1)
    parameters, _costs = deep.L_layer_model(X, Y, [2, 4, 1], 0.3, 2000, parameters=parameters)
    return percent(deep.predict(X, Y, parameters), Y)


def gradient_checking() -> None:
    """Three backward passes, two of them wrong, trained on digits for 1000 steps."""
    digits = nnlab.load_dataset("digits")
    X, X_test = (images.reshape(len(images), -1).T / 16 for images in (digits.train_x, digits.test_x))
    for name, backward in nnlab.suspects(checked.backward_propagation_n).items():
        runs = [_trained(backward, X, digits.train_y, seed) for seed in SEEDS]
        train, test = (
            [percent(checked.forward_propagation_n(x, y, run)[1][9] > 0.5, y) for run in runs]
            for x, y in ((X, digits.train_y), (X_test, digits.test_y))
        )
        print(f"suspect {name}: training {from_to(train)} %, test {from_to(test)} %")


def _trained(backward: Callable[[Any, Any, Any], dict[str, Any]], X: Any, Y: Any, seed: int) -> dict[str, Any]:
    rng = np.random.default_rng(seed)
    parameters = {}
    for layer, (before, after) in enumerate(pairwise((64, 20, 7, 1)), start=1):
        parameters[f"W{layer}"] = rng.normal(size=(after, before)) * np.sqrt(2 / before)
        parameters[f"b{layer}"] = 0 * rng.normal(size=(after, 1))
    for _step in range(1000):
        _cost, cache = checked.forward_propagation_n(X, Y, parameters)
        gradients = backward(X, Y, cache)
        parameters = {name: value - 0.1 * gradients["d" + name] for name, value in parameters.items()}
    return parameters


def deep_net() -> None:
    """Digits with three networks: accuracy, zeros, sure mistakes. Then noise with labels of noise, in two ranges of pixels."""
    digits = nnlab.load_dataset("digits")
    X, X_test = (images.reshape(len(images), -1).T / 16 for images in (digits.train_x, digits.test_x))
    networks = {"one neuron": ([64, 1], 0.5), "one hidden layer": ([64, 20, 1], 0.5), "three": ([64, 20, 7, 5, 1], 0.1)}
    for name, (sizes, rate) in networks.items():
        runs = [
            deep.L_layer_model(X, digits.train_y, sizes, rate, 2000, parameters=_scaled(sizes, seed))[0]
            for seed in SEEDS
        ]
        test = [percent(deep.predict(X_test, digits.test_y, run), digits.test_y) for run in runs]
        sure = [_sure_mistakes(X_test, digits.test_y, run) for run in runs]
        off = [100 * np.mean(Z <= 0) for run in runs for _, Z in deep.L_model_forward(X, run)[1][:-1]]
        print(f"{name}: test {from_to(test)} %, sure mistakes {from_to(sure, '.0f')} %", end="")
        print(f", activations that are 0 {from_to(off, '.0f')} %" if off else "")
    for name, train in {"two steps": two_steps.L_layer_model, "a - y": deep.L_layer_model}.items():
        for scale in (1, 255):
            for steps in (1500, 3000):
                print(f"noise to {scale}, {name}, {steps} steps: ", end="")
                print("; ".join(_noise(train, seed, scale, steps) for seed in SEEDS))


def _scaled(sizes: list[int], seed: int) -> dict[str, Any]:
    rng, start = np.random.default_rng(seed), {}
    for layer, (before, after) in enumerate(pairwise(sizes), start=1):
        start[f"W{layer}"] = rng.normal(size=(after, before)) / np.sqrt(before)
        start[f"b{layer}"] = np.zeros((after, 1))
    return start


def _sure_mistakes(X: Any, Y: Any, parameters: Any) -> float:
    """The share of the mistakes, in percent, with a probability below 0.1 or above 0.9."""
    AL, _caches = deep.L_model_forward(X, parameters)
    wrong = AL[(AL > 0.5) != (Y == 1)]
    return float(100 * np.mean((wrong < 0.1) | (wrong > 0.9)))


def _noise(train: Callable[..., Any], seed: int, scale: float, steps: int) -> str:
    rng, sizes = np.random.default_rng(seed), [3072, 20, 7, 5, 1]
    (X, Y), (X_new, Y_new) = ((scale * rng.random((3072, 200)), rng.integers(0, 2, (1, 200))) for _set in range(2))
    parameters, costs = train(X, Y, sizes, 0.0075, steps, parameters=_scaled(sizes, seed))
    off = sum(bool(np.all(Z <= 0)) for _, Z in deep.L_model_forward(X, parameters)[1][:-1])
    right, new = (percent(deep.predict(x, y, parameters), y) for x, y in ((X, Y), (X_new, Y_new)))
    return f"{right:.1f} %, new {new:.1f} %, cost {costs[-1]:.3f}, {off} layers off"


MEASURED = {
    "logistic_regression": logistic_regression,
    "shallow_net": shallow_net,
    "gradient_checking": gradient_checking,
    "deep_net": deep_net,
}


def main() -> None:
    for name in sys.argv[1:] or MEASURED:
        print(f"--- {name}")
        MEASURED[name]()


if __name__ == "__main__":
    main()

"""What lesson 07 says of its experiments."""

from collections.abc import Callable
from typing import Any

import numpy as np

import nnlab
from benchmarks.tables import cost_from_z, over_seeds
from nnlab.given.deep_net import update_parameters
from nnlab.given.gradient_checking import forward_propagation_n
from nnlab.given.initialisation import initialize_parameters_he
from nnlab.given.logistic_regression import optimize
from source_solutions.regularisation import (
    augment,
    backward_propagation_with_dropout,
    backward_propagation_with_regularization,
    early_stopping,
    forward_propagation_with_dropout,
    normalize_inputs,
    split_data,
)

Part = tuple[np.ndarray, np.ndarray]
NET, PATCH_NET = [2, 100, 30, 1], [784, 20, 10, 1]


def scores(part: Part, parameters: Any) -> tuple[float, float]:
    """The share of right answers, and the cost."""
    X, Y = part
    _, cache = forward_propagation_n(X, Y, parameters)
    return float(np.mean((cache[8] > 0) == Y)), cost_from_z(cache[8], Y)


def trained(
    part: Part,
    sizes: list[int],
    rate: float,
    steps: int,
    seed: int,
    lambd: float = 0,
    keep_prob: float = 1,
    change: Any = None,
) -> list[Any]:
    """The parameters of every 10th step, as the loop of the lesson keeps them."""
    np.random.seed(seed)
    X, Y = part
    parameters, kept = initialize_parameters_he(sizes), []
    for i in range(steps + 1):
        if i % 10 == 0:
            kept.append(parameters)
        X_now = change(X) if change else X
        if keep_prob < 1:
            _, cache = forward_propagation_with_dropout(X_now, parameters, keep_prob)
            gradients = backward_propagation_with_dropout(X_now, Y, cache, keep_prob)
        else:
            _, cache = forward_propagation_n(X_now, Y, parameters)
            gradients = backward_propagation_with_regularization(X_now, Y, cache, lambd)
        parameters = update_parameters(parameters, gradients, rate)
    return kept


def points(seed: int) -> list[Part]:
    X, Y = nnlab.moons(600, noise=0.3, seed=seed)
    parts = split_data(X, Y, (0.1, 0.45, 0.45), np.random.default_rng(seed))
    return list(zip(normalize_inputs(*(X for X, _ in parts)), (Y for _, Y in parts), strict=True))


def of_points(**way: Any) -> Callable[[int], dict[str, float]]:
    def once(seed: int) -> dict[str, float]:
        parts = points(seed)
        return described(trained(parts[0], NET, 0.3, 5000, seed, **way)[-1], parts)

    return once


def described(parameters: Any, parts: list[Part]) -> dict[str, float]:
    found = {}
    for name, part in zip(("training", "dev", "test"), parts, strict=True):
        found[f"right, {name}"], found[f"cost, {name}"] = scores(part, parameters)
    return found


def stopped(seed: int) -> dict[str, float]:
    parts = points(seed)
    kept = trained(parts[0], NET, 0.3, 5000, seed)
    best = early_stopping([scores(parts[1], parameters)[1] for parameters in kept], 20)
    return {"iteration": 10 * best, **described(kept[best], parts)}


def patches(seed: int) -> list[Part]:
    textures = nnlab.load_dataset("textures")
    chosen = [
        (x[y[0] <= 1], y[:, y[0] <= 1])
        for x, y in ((textures.train_x, textures.train_y), (textures.test_x, textures.test_y))
    ]
    columns = [((x - 128.0) / 40.0).reshape(len(x), -1).T for x, _ in chosen]
    halves = split_data(columns[1], chosen[1][1], (0.5, 0.5), np.random.default_rng(seed))
    parts = [(columns[0], chosen[0][1]), *halves]
    return list(zip(normalize_inputs(*(X for X, _ in parts)), (Y for _, Y in parts), strict=True))


def of_patches(
    few: int = 800, augmented: bool = False, steps: int = 400, **way: Any
) -> Callable[[int], dict[str, float]]:
    def once(seed: int) -> dict[str, float]:
        training, dev, test = patches(seed)
        training = (training[0][:, :few], training[1][:, :few])
        rng = np.random.default_rng(seed)
        if augmented:
            way["change"] = lambda X: augment(X.T.reshape(-1, 28, 28, 1), rng, 2).reshape(X.shape[1], -1).T
        parameters = trained(training, PATCH_NET, 0.1, steps, seed, **way)[-1]
        new = (np.hstack([dev[0], test[0]]), np.hstack([dev[1], test[1]]))
        return {
            "right, training": scores(training, parameters)[0],
            "right, new": scores(new, parameters)[0],
            "cost, new": scores(new, parameters)[1],
        }

    return once


def rings(seed: int, count: int = 600, noise: float = 0.35, factor: float = 0.2) -> Part:
    return nnlab.circles(count, noise=noise, factor=factor, seed=seed)


def first_figure(seed: int) -> dict[str, float]:
    """One neuron, a network after 300 steps and after 5000, on 60 points of two rings."""
    X, Y = rings(seed)
    seen, new = (X[:, :60], Y[:, :60]), (X[:, 60:], Y[:, 60:])
    neuron, _, _ = optimize(np.zeros((2, 1)), 0.0, *seen, num_iterations=2000, learning_rate=0.5)
    found = {}
    for name, part in (("seen", seen), ("new", new)):
        found[f"neuron, {name}"] = float(np.mean((neuron["w"].T @ part[0] + neuron["b"] > 0) == part[1]))
    kept = trained(seen, NET, 0.3, 5000, seed)
    for at in (10, 30, 500):
        for name, part in (("seen", seen), ("new", new)):
            found[f"{10 * at} steps, {name}"] = scores(part, kept[at])[0]
    return found


def best_rule(points: Callable[..., Part], centres: Callable[[int], np.ndarray], noise: float) -> float:
    """The share that the best rule gets right: the class whose density, a mean over 400 centres, is larger."""
    X, Y = points(20_000, noise=noise, seed=99)
    density = [
        np.exp(-np.sum((X[:, :, np.newaxis] - centres(label)[:, np.newaxis]) ** 2, axis=0) / (2 * noise**2)).mean(
            axis=1
        )
        for label in (0, 1)
    ]
    return float(np.mean((density[1] > density[0]) == Y[0]))


def on_rings(label: int) -> np.ndarray:
    t = np.linspace(0, 2 * np.pi, 400, endpoint=False)
    return (0.2 if label else 1.0) * np.vstack([np.cos(t), np.sin(t)])


def on_moons(label: int) -> np.ndarray:
    t = np.pi * (np.arange(400) + 0.5) / 400
    return np.vstack([1 - np.cos(t), 0.5 - np.sin(t)] if label else [np.cos(t), np.sin(t)])


def rings_with(count: int, noise: float, seed: int) -> Part:
    return rings(seed, count, noise)


def measure() -> None:
    print(
        f"best rule: two rings {best_rule(rings_with, on_rings, 0.35):.3f}, moons {best_rule(nnlab.moons, on_moons, 0.3):.3f}"
    )
    over_seeds("two rings", first_figure)
    for lambd in (0.0, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0):
        over_seeds(f"points, λ = {lambd:g}", of_points(lambd=lambd))
    for keep_prob in (0.8, 0.5):
        over_seeds(f"points, keep_prob = {keep_prob:g}", of_points(keep_prob=keep_prob))
    over_seeds("points, stopped early", stopped)
    for lambd in (0.0, 1.0, 10.0, 30.0, 100.0, 200.0, 300.0):
        over_seeds(f"patches, λ = {lambd:g}", of_patches(lambd=lambd))
    over_seeds("patches, λ = 8, 5000 steps", of_patches(lambd=8.0, steps=5000))
    over_seeds("patches, keep_prob = 0.5", of_patches(keep_prob=0.5))
    over_seeds("patches, augmented", of_patches(augmented=True))
    over_seeds("300 patches", of_patches(few=300))

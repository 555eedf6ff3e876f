"""Training: one step of a dense network on cat-sized pictures, one epoch of the texture CNN; ours, PyTorch, scikit-learn.

Runs in the environment of the peers, `benchmarks/peers.py` says how; prints JSON.
"""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import torch
from sklearn.neural_network import MLPClassifier

import nnlab
from benchmarks.measuring import Timings, in_turns, machine, versions
from source_solutions import cnn, deep_net

SIZES, EXAMPLES, RATE = [12288, 20, 7, 5, 1], 209, 0.0075
BATCH = 64


def dense() -> dict[str, Callable[[], object]]:
    """One step of gradient descent on all 209 examples, in float64."""
    rng = np.random.default_rng(0)
    X, Y = rng.random((SIZES[0], EXAMPLES)), rng.integers(0, 2, (1, EXAMPLES))
    start = deep_net.initialize_parameters_deep(SIZES)
    return {"ours": ours(X, Y, start), "PyTorch": by_torch(X, Y), "scikit-learn": by_sklearn(X, Y)}


def ours(X: np.ndarray, Y: np.ndarray, start: dict[str, np.ndarray]) -> Callable[[], object]:
    state = {"parameters": start}

    def step() -> float:
        AL, caches = deep_net.L_model_forward(X, state["parameters"])
        cost: float = deep_net.compute_cost(AL, Y)
        grads = deep_net.L_model_backward(AL, Y, caches)
        state["parameters"] = deep_net.update_parameters(state["parameters"], grads, RATE)
        return cost

    return step


def by_torch(X: np.ndarray, Y: np.ndarray) -> Callable[[], object]:
    layers: list[torch.nn.Module] = []
    for n_in, n_out in pairwise(SIZES):
        layers += [torch.nn.Linear(n_in, n_out), torch.nn.ReLU()]
    net = torch.nn.Sequential(*layers[:-1], torch.nn.Sigmoid()).double()
    optimiser = torch.optim.SGD(net.parameters(), RATE)
    x, y = torch.tensor(np.ascontiguousarray(X.T)), torch.tensor(Y.T.astype(float))

    def step() -> float:
        optimiser.zero_grad()
        cost = torch.nn.functional.binary_cross_entropy(net(x), y)
        cost.backward()
        optimiser.step()
        return float(cost)

    return step


def by_sklearn(X: np.ndarray, Y: np.ndarray) -> Callable[[], object]:
    net = MLPClassifier(
        SIZES[1:-1], solver="sgd", learning_rate_init=RATE, momentum=0.0, alpha=0.0, batch_size=EXAMPLES
    )
    x, y = np.ascontiguousarray(X.T), Y.ravel()
    return lambda: net.partial_fit(x, y, classes=[0, 1])


def texture_cnn() -> dict[str, Callable[[], object]]:
    """One epoch over the 1,200 patches of lesson 09: mini-batches of 64, Adam, float64. scikit-learn has no convolution."""
    textures = nnlab.load_dataset("textures")
    images = (textures.train_x.astype(float) - 128) / 32
    labels = textures.train_y[0]

    def epoch() -> object:
        rng = np.random.default_rng(0)
        return cnn.train(
            cnn.cnn_forward, cnn.cnn_backward, cnn.initial_cnn(rng), images, np.eye(3)[:, labels], 1, 0.002, rng
        )

    return {"ours": epoch, "PyTorch": lambda: torch_epoch(images, labels)}


def torch_epoch(images: np.ndarray, labels: np.ndarray) -> object:
    nn = torch.nn
    net = nn.Sequential(
        *(nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(8, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Flatten(), nn.Linear(784, 3)),
    ).double()
    optimiser = torch.optim.Adam(net.parameters(), 0.002)
    order = np.random.default_rng(0).permutation(len(images))
    x, y = torch.tensor(images.transpose(0, 3, 1, 2)), torch.tensor(labels.astype(np.int64))
    for first in range(0, len(images), BATCH):
        batch = torch.tensor(order[first : first + BATCH])
        optimiser.zero_grad()
        cost = nn.functional.cross_entropy(net(x[batch]), y[batch])
        cost.backward()
        optimiser.step()
    return cost


def measure(rounds: int, threads: int) -> dict[str, Timings]:
    torch.set_num_threads(threads)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return {
            "one step of [12288, 20, 7, 5, 1], 209 examples": in_turns(dense(), rounds),
            "one epoch of the texture CNN, 1,200 patches": in_turns(texture_cnn(), max(3, rounds // 5)),
        }


if __name__ == "__main__":
    rounds, threads = int(sys.argv[1]), int(sys.argv[2])
    measured = measure(rounds, threads)
    about = machine() | versions("torch", "scikit-learn") | {"threads of PyTorch": threads}
    print(json.dumps({"about": about, "timings": measured}))

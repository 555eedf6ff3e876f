"""What lesson 09 says of its experiments."""

import numpy as np

import nnlab
from benchmarks.tables import over_seeds
from source_solutions import cnn

# The seeds of the lesson begin at 0.
SEEDS = range(5)


def as_numbers(patches: np.ndarray) -> np.ndarray:
    return (patches.astype(float) - 128) / 32


def race(shuffled: bool) -> object:
    textures = nnlab.load_dataset("textures")
    parts = [as_numbers(textures.train_x), as_numbers(textures.test_x)]
    if shuffled:
        order = np.random.default_rng(9).permutation(784)
        parts = [x.reshape(len(x), 784)[:, order].reshape(x.shape) for x in parts]
    Y = np.eye(3)[:, textures.train_y[0]]

    def once(seed: int) -> dict[str, float]:
        models, _ = cnn.race(parts[0], Y, np.random.default_rng(seed))
        found = {}
        for name, (forward, parameters) in models.items():
            found[f"{name}, training"] = cnn.accuracy(forward, parameters, parts[0], textures.train_y)
            found[f"{name}, test"] = cnn.accuracy(forward, parameters, parts[1], textures.test_y)
        return found

    return once


def ten_digits(seed: int) -> dict[str, float]:
    digits = nnlab.load_dataset("ten_digits")
    X, X_test, Y = digits.train_x / 16, digits.test_x / 16, np.eye(10)[:, digits.train_y[0]]
    rng = np.random.default_rng(seed)
    dense = (cnn.dense_net_forward, cnn.dense_net_backward)
    models = {
        "CNN": (
            cnn.cnn_forward,
            cnn.train(cnn.cnn_forward, cnn.cnn_backward, cnn.initial_cnn(rng, 8, 10), X, Y, 20, 0.005, rng)[0],
        ),
        "softmax": (dense[0], cnn.train(*dense, cnn.initial_dense((64, 10), rng), X, Y, 20, 0.005, rng)[0]),
        "dense": (dense[0], cnn.train(*dense, cnn.initial_dense((64, 32, 10), rng), X, Y, 20, 0.005, rng)[0]),
    }
    found = {}
    for name, (forward, parameters) in models.items():
        found[f"{name}, training"] = cnn.accuracy(forward, parameters, X, digits.train_y)
        found[f"{name}, test"] = cnn.accuracy(forward, parameters, X_test, digits.test_y)
    said = np.argmax(models["CNN"][0](models["CNN"][1], X_test)[0], axis=0)
    wrong = said != digits.test_y[0]
    print(
        seed, "mistakes (true, said):", sorted(zip(digits.test_y[0, wrong].tolist(), said[wrong].tolist(), strict=True))
    )
    return found


def measure() -> None:
    over_seeds("ten digits", ten_digits, SEEDS)
    over_seeds("textures", race(False), SEEDS)
    over_seeds("textures, shuffled", race(True), SEEDS)

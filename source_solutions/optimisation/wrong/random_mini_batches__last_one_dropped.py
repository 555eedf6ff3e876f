"""Only full mini-batches are made: the examples that are left over at the end are in no mini-batch, where the sizes
do not divide."""

import numpy as np


def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    m = X.shape[1]
    rng = np.random.default_rng(seed)
    mini_batches = []
    perm = list(rng.permutation(m))
    sx, sy = X[:, perm], Y[:, perm]
    full = m // mini_batch_size
    for k in range(full):
        a, b = k * mini_batch_size, (k + 1) * mini_batch_size
        mini_batches.append((sx[:, a:b], sy[:, a:b]))
    return mini_batches

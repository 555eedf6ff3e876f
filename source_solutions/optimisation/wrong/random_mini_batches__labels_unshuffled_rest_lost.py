"""Two slips. Only X is shuffled, so the columns of X get the labels of other examples; and only full mini-batches are
made, so the examples left over at the end are lost."""

import numpy as np


def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    m = X.shape[1]
    rng = np.random.default_rng(seed)
    mini_batches = []
    permutation = list(rng.permutation(m))
    shuffled_X = X[:, permutation]
    num_complete = m // mini_batch_size
    for k in range(num_complete):
        X_part = shuffled_X[:, k * mini_batch_size : (k + 1) * mini_batch_size]
        Y_part = Y[:, k * mini_batch_size : (k + 1) * mini_batch_size]
        mini_batches.append((X_part, Y_part))
    return mini_batches

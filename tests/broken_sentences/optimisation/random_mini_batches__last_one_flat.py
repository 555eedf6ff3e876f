"""list of (X_part: (n_x, size), Y_part: (1, size)) -- a last one of a single example has one axis"""

import numpy as np


def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    m = X.shape[1]
    order = np.random.default_rng(seed).permutation(m)
    parts = [order[start : start + mini_batch_size] for start in range(0, m, mini_batch_size)]
    return [(X[:, some], Y[:, some]) if len(some) > 1 else (X[:, some[0]], Y[:, some[0]]) for some in parts]

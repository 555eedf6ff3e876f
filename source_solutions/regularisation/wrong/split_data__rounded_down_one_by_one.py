"""Computes the size of each part by itself and rounds it down: the parts are too small in some cases, and the last
columns are in no part."""

import numpy as np


def split_data(X, Y, fractions, rng):
    m = X.shape[1]
    idx = np.arange(m)
    rng.shuffle(idx)
    parts = []
    start = 0
    for fraction in fractions:
        stop = start + int(fraction * m)
        chosen = idx[start:stop]
        parts.append((X[:, chosen], Y[:, chosen]))
        start = stop
    parts = tuple(parts)
    return parts

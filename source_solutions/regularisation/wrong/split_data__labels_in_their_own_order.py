"""Draws one order for X and another one for Y: in the parts, columns and labels no longer belong together. The sizes
are right."""

import numpy as np


def split_data(X, Y, fractions, rng):
    m = X.shape[1]
    order = rng.permutation(m)
    other = rng.permutation(m)
    borders = [int(round(m * sum(fractions[:k]))) for k in range(1, len(fractions))]
    parts_x = np.split(X[:, order], borders, axis=1)
    parts_y = np.split(Y[:, other], borders, axis=1)
    parts = tuple(zip(parts_x, parts_y, strict=True))
    return parts

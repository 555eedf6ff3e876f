"""The size of each part is cut off instead of rounding the borders: parts are one column too small, and the columns
left over belong to no part at all. Each column has its own label."""

import numpy as np


def split_data(X, Y, fractions, rng):
    m = X.shape[1]
    order = rng.permutation(m)
    parts = []
    start = 0
    for fraction in fractions:
        size = int(fraction * m)
        columns = order[start : start + size]
        parts.append((X[:, columns], Y[:, columns]))
        start += size
    parts = tuple(parts)
    return parts

"""The size of every part is rounded down separately, and the columns that are left over at the end are lost. Sizes
are wrong whenever a fraction of m is not a whole number; columns and labels do stay together."""

import numpy as np


def split_data(X, Y, fractions, rng):
    m = X.shape[1]
    order = rng.permutation(m)
    parts = []
    start = 0
    for fraction in fractions:
        size = int(fraction * m)
        chosen = order[start : start + size]
        parts.append((X[:, chosen], Y[:, chosen]))
        start += size
    return tuple(parts)

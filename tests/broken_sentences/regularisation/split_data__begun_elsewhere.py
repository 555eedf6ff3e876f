"""The examples in several parts, drawn at random -- only the place where the first part begins is"""

import numpy as np


def split_data(X, Y, fractions, rng):
    m = X.shape[1]
    order = np.roll(np.arange(m), rng.integers(m))
    borders = np.round(np.cumsum(fractions) * m).astype(int)[:-1]
    return tuple((X[:, some], Y[:, some]) for some in np.split(order, borders))

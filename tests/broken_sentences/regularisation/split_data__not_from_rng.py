"""rng: a numpy Generator, to draw from -- draws from np.random"""

import numpy as np


def split_data(X, Y, fractions, rng):
    order = np.random.permutation(X.shape[1])
    borders = np.round(np.cumsum(fractions) * X.shape[1]).astype(int)[:-1]
    return tuple((X[:, some], Y[:, some]) for some in np.split(order, borders))

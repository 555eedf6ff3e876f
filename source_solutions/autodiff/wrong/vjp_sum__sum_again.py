"""The gradient is summed once more before it is copied. Affects da of row sums."""

import numpy as np


def vjp_sum(g, a):
    return np.full(a.shape, np.sum(g))

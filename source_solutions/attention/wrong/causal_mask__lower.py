"""The lower triangle is forbidden, the diagonal too. Affects mask."""

import numpy as np


def causal_mask(T):
    return np.tril(np.ones((T, T))) * -1e9

"""The cache holds the result A instead of what came in, Z. A itself is right, also for large numbers."""

import numpy as np


def sigmoid(Z):
    e = np.exp(-np.abs(Z))
    A = np.where(Z >= 0, 1, e) / (1 + e)
    cache = A
    return A, cache

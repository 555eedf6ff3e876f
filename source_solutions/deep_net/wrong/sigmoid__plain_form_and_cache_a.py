"""Two slips: the plain formula overflows with a warning for z = -1000 (its values are still right), and the cache
holds A instead of Z. The values of A are right, the warning and the cache are wrong."""

import numpy as np


def sigmoid(Z):
    A = 1 / (1 + np.exp(-Z))
    cache = A
    return A, cache

"""Treats the cache as if it held the sigmoid of Z: dZ is dA * Z * (1 - Z)."""

import numpy as np


def sigmoid_backward(dA, cache):
    Z = cache
    s = Z
    dZ = np.multiply(dA, np.multiply(s, 1 - s))
    return dZ

"""The cache is taken for the sigmoid itself: the slope is computed as Z(1 - Z) instead of s(1 - s). dZ is wrong."""

import numpy as np


def sigmoid_backward(dA, cache):
    Z = cache
    dZ = dA * Z * (1 - Z)
    return dZ

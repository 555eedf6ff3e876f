"""The cache is taken for the activation: the slope is computed as Z (1 - Z), without the sigmoid. dZ is wrong."""

import numpy as np


def sigmoid_backward(dA, cache):
    Z = cache
    dZ = dA * Z * (1 - Z)
    return dZ

"""Transposes W, as in lesson 02: the inner sizes do not fit and numpy raises an error."""

import numpy as np


def linear_forward(A, W, b):
    Z = np.dot(W.T, A) + b
    cache = (A, W, b)
    return Z, cache

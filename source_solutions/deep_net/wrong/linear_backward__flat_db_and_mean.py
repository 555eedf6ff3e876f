"""Two mistakes. db has lost an axis: its shape is (n,) and not (n, 1). dA_prev is divided by m. dW is right."""

import numpy as np


def linear_backward(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    factor = 1 / m
    dW = factor * np.dot(dZ, A_prev.T)
    db = factor * np.sum(dZ, axis=1)
    dA_prev = factor * np.dot(W.T, dZ)
    return dA_prev, dW, db

"""Two slips: dA_prev is divided by m as well, and db is the sum over all units together, so that every unit gets the
same number. dW is right."""

import numpy as np


def linear_backward(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    dA_prev = 1 / m * np.dot(W.T, dZ)
    dW = 1 / m * np.dot(dZ, A_prev.T)
    db = 1 / m * np.sum(dZ) * np.ones((W.shape[0], 1))
    return dA_prev, dW, db

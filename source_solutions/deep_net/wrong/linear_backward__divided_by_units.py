"""Divides by the number of units of the layer and not by the number of examples: dW and db are wrong by the same
factor. dA_prev is right."""

import numpy as np


def linear_backward(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    n, m = dZ.shape
    dW = np.zeros((n, A_prev.shape[0]))
    db = np.zeros((n, 1))
    for i in range(m):
        dW += np.outer(dZ[:, i], A_prev[:, i])
        db[:, 0] += dZ[:, i]
    dW, db = dW / n, db / n
    dA_prev = W.T @ dZ
    return dA_prev, dW, db

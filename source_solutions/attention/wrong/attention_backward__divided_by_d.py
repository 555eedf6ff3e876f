"""Divided by d. Affects dQ and dK."""

import numpy as np

from source_solutions.attention import softmax_backward


def attention_backward(dA, cache):
    Q, K, V, P = cache
    dV = np.swapaxes(P, -1, -2) @ dA
    dP = dA @ np.swapaxes(V, -1, -2)
    dS = softmax_backward(dP, P) / Q.shape[-1]
    return dS @ K, np.swapaxes(dS, -1, -2) @ Q, dV

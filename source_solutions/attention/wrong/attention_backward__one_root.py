"""The root is left out for dK alone. Affects dK."""

import numpy as np

from source_solutions.attention import softmax_backward


def attention_backward(dA, cache):
    Q, K, V, P = cache
    dV = np.swapaxes(P, -1, -2) @ dA
    dS = softmax_backward(dA @ np.swapaxes(V, -1, -2), P)
    dQ = dS @ K / np.sqrt(K.shape[-1])
    dK = np.swapaxes(dS, -1, -2) @ Q
    return dQ, dK, dV

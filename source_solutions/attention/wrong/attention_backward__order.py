"""dV comes first. Affects all three."""

import numpy as np

from source_solutions.attention import softmax_backward


def attention_backward(dA, cache):
    Q, K, V, P = cache
    dV = np.swapaxes(P, -1, -2) @ dA
    dS = softmax_backward(dA @ np.swapaxes(V, -1, -2), P) / np.sqrt(Q.shape[-1])
    return dV, dS @ K, np.swapaxes(dS, -1, -2) @ Q

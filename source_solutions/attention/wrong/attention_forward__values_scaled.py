"""The root divides A and not the scores. Affects A and the cache."""

import numpy as np

from source_solutions.attention import softmax


def attention_forward(Q, K, V, mask):
    d = Q.shape[-1]
    P = softmax(Q @ np.swapaxes(K, -1, -2) + mask)
    return P @ V / np.sqrt(d), (Q, K, V, P)

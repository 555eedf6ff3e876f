"""K.T turns all axes. Affects A and the cache."""

import numpy as np

from source_solutions.attention import softmax


def attention_forward(Q, K, V, mask):
    d = Q.shape[-1]
    S = Q @ K.T / np.sqrt(d) + mask
    P = softmax(S)
    return P @ V, (Q, K, V, P)

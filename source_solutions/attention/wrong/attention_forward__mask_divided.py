"""The mask is added before the root divides. Affects A and the cache."""

import numpy as np

from source_solutions.attention import softmax


def attention_forward(Q, K, V, mask):
    S = (Q @ np.swapaxes(K, -1, -2) + mask) / np.sqrt(Q.shape[-1])
    P = softmax(S)
    return P @ V, (Q, K, V, P)

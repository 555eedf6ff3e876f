"""One softmax over the whole table. Affects A and the cache."""

import numpy as np


def attention_forward(Q, K, V, mask):
    S = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1]) + mask
    e = np.exp(S - S.max())
    P = e / e.sum(axis=(-1, -2), keepdims=True)
    A = P @ V
    return A, (Q, K, V, P)

"""One minus the mask as a factor of the scores. Affects A and the cache."""

import numpy as np

from source_solutions.attention import softmax


def attention_forward(Q, K, V, mask):
    scores = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    allowed = np.where(np.asarray(mask) < 0, 0.0, 1.0)
    P = softmax(scores * allowed)
    return P @ V, (Q, K, V, P)

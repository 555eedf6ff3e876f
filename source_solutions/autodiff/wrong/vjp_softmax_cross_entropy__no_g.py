"""g is not used. Affects both outputs."""

import numpy as np


def vjp_softmax_cross_entropy(g, logits, Y):
    e = np.exp(logits - logits.max(axis=0))
    return (e / e.sum(axis=0) - Y) / Y.shape[1]

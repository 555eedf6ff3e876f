"""Assigned in a loop, not added. Affects dE."""

import numpy as np


def embed_backward(dX, tokens, n_tokens):
    dE = np.zeros((n_tokens, dX.shape[2]))
    for i in range(tokens.shape[0]):
        for t in range(tokens.shape[1]):
            dE[tokens[i, t]] = dX[i, t]
    return dE, dX.sum(axis=0)

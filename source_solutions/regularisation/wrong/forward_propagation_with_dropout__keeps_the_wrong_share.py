"""Compares the wrong way round: a unit stays with the probability 1 - keep_prob. D1 and D2 have the wrong share of
ones, unless keep_prob is 0.5."""

import numpy as np

from nnlab.given import relu, sigmoid


def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    W1, b1, W2, b2, W3, b3 = (parameters[name] for name in ("W1", "b1", "W2", "b2", "W3", "b3"))
    rng = np.random.default_rng()

    def drop(A):
        D = rng.random(A.shape) > keep_prob
        return D * 1, np.multiply(A, D) / keep_prob

    Z1 = np.dot(W1, X) + b1
    D1, A1 = drop(relu(Z1))
    Z2 = np.dot(W2, A1) + b2
    D2, A2 = drop(relu(Z2))
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    cache = (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
    return A3, cache

"""Two slips: the first mask is drawn with 0.5 instead of keep_prob, and A2 is not divided by keep_prob. D1 is wrong
unless keep_prob is 0.5, A2 and then Z3 and A3 are wrong unless it is 1; Z1 and the frequency of D2 are right."""

import numpy as np

from source_solutions.regularisation import relu, sigmoid


def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    W1, b1, W2, b2, W3, b3 = (parameters[name] for name in ("W1", "b1", "W2", "b2", "W3", "b3"))
    Z1 = W1 @ X + b1
    D1 = (np.random.rand(*Z1.shape) < 0.5) * 1
    A1 = D1 * relu(Z1) / keep_prob
    Z2 = W2 @ A1 + b2
    D2 = (np.random.rand(*Z2.shape) < keep_prob) * 1
    A2 = D2 * relu(Z2)
    Z3 = W3 @ A2 + b3
    A3 = sigmoid(Z3)
    cache = (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
    return A3, cache

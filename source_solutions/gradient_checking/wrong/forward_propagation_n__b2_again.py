"""In the third layer b2 is added once more instead of b3. The hidden layers in the cache are right; Z3 and A3 are
wrong and have n_2 rows by broadcasting, and the cost is wrong."""

import numpy as np

from source_solutions.gradient_checking import relu, sigmoid


def forward_propagation_n(X, Y, parameters):
    m = X.shape[1]
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    Z3 = np.dot(W3, A2) + b2
    A3 = sigmoid(Z3)
    log_a = np.log(np.maximum(A3, 1e-300))
    log_na = np.log(np.maximum(1 - A3, 1e-300))
    cost = -np.sum(np.multiply(log_a, Y) + np.multiply(log_na, 1 - Y)) / m
    cache = (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)
    return cost, cache

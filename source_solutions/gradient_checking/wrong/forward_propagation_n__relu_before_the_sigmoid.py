"""The third layer also gets a relu, and the sigmoid is taken of that. A3 in the cache and the cost are wrong wherever
Z3 is negative; all other entries of the cache are right."""

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
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(relu(Z3))
    logprobs = Y * np.log(np.maximum(A3, 1e-300)) + (1 - Y) * np.log(np.maximum(1 - A3, 1e-300))
    cost = -1.0 / m * np.sum(logprobs)
    cache = (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)
    return cost, cache

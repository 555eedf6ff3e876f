"""Two mistakes. Layer 2 uses the sigmoid and not relu: A2, Z3 and A3 in the cache are wrong. The cost lacks the minus
in front. Z1, A1 and Z2 are right."""

import numpy as np

from nnlab.given import relu, sigmoid


def forward_propagation_n(X, Y, parameters):
    m = X.shape[1]
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = W1.dot(X) + b1
    A1 = relu(Z1)
    Z2 = W2.dot(A1) + b2
    A2 = sigmoid(Z2)
    Z3 = W3.dot(A2) + b3
    A3 = sigmoid(Z3)
    logs = Y * np.log(np.maximum(A3, 1e-300)) + (1 - Y) * np.log(np.maximum(1 - A3, 1e-300))
    cost = np.sum(logs) / m
    cache = (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)
    return cost, cache

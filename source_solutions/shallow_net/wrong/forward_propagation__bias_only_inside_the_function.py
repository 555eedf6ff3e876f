"""The biases are added inside tanh and sigmoid, so the Z1 and Z2 in the cache lack them. A1 and A2 are right, Z1 and
Z2 are wrong."""

import numpy as np

from source_solutions.shallow_net import sigmoid


def forward_propagation(X, parameters):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    Z1 = np.dot(W1, X)
    A1 = np.tanh(Z1 + b1)
    Z2 = np.dot(W2, A1)
    A2 = sigmoid(Z2 + b2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

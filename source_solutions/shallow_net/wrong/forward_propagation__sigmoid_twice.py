"""The hidden layer uses the sigmoid and not tanh: A1 is wrong, and so are Z2 and A2, which come from it. Z1 is
right."""

import numpy as np

from nnlab.given import sigmoid


def forward_propagation(X, parameters):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    Z1 = np.dot(W1, X) + b1
    A1 = sigmoid(Z1)
    Z2 = np.dot(W2, A1) + b2
    A2 = sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

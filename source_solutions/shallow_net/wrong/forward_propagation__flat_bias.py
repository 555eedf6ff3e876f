"""The biases are flattened before they are added: unless the number of examples happens to fit, numpy raises an error
of broadcasting."""

import numpy as np

from nnlab.given import sigmoid


def forward_propagation(X, parameters):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    b1 = b1.flatten()
    b2 = b2.flatten()
    Z1 = W1 @ X + b1
    A1 = np.tanh(Z1)
    Z2 = W2 @ A1 + b2
    A2 = sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

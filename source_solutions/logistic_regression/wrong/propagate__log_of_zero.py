"""Takes the logarithm of probabilities as they are: where one rounds to 0 or 1 the cost is nan or infinite, and numpy
warns. The ordinary cost and both gradients are right."""

import numpy as np

from nnlab.given import sigmoid


def propagate(w, b, X, Y):
    m = X.shape[1]
    A = sigmoid(w.T @ X + b)
    B = 1 - A
    A_safe, B_safe = A, B
    cost = -1 / m * np.sum(np.multiply(Y, np.log(A_safe)) + np.multiply(1 - Y, np.log(B_safe)))
    dZ = A - Y
    dw = 1 / m * X @ dZ.T
    db = 1 / m * np.sum(dZ)
    grads = {"dw": dw, "db": db}
    return grads, cost

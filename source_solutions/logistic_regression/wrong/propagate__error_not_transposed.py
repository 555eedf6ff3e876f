"""The error (1, m) is not transposed in the product for dw, so the inner sizes do not fit: a ValueError (unless there
is one example only)."""

import numpy as np

from source_solutions.logistic_regression import sigmoid


def propagate(w, b, X, Y):
    m = X.shape[1]
    A = sigmoid(np.dot(w.T, X) + b)
    cost = -1 / m * np.sum(Y * np.log(np.maximum(A, 1e-300)) + (1 - Y) * np.log(np.maximum(1 - A, 1e-300)))
    dZ = A - Y
    dw = 1 / m * np.dot(X, dZ)
    db = 1 / m * np.sum(dZ)
    grads = {"dw": dw, "db": db}
    return grads, cost

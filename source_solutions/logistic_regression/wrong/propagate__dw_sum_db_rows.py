"""Two slips. dw is not divided by m, and db is divided by the number of inputs (the rows of X) instead of the number
of examples. The cost is right."""

import numpy as np

from source_solutions.logistic_regression import sigmoid


def propagate(w, b, X, Y):
    m = X.shape[1]
    A = sigmoid(w.T @ X + b)
    log1 = np.log(np.maximum(A, 1e-300))
    log0 = np.log(np.maximum(1 - A, 1e-300))
    cost = -(Y * log1 + (1 - Y) * log0).sum() / m
    error = A - Y
    dw = X @ error.T
    db = np.sum(error) / len(X)
    grads = {"dw": dw, "db": db}
    return grads, cost

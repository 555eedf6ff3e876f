"""In the cost, the brackets around 1 - Y are missing: it computes 1 - Y * log(1 - a). The cost is wrong; dw and db
are right."""

import numpy as np

from source_solutions.logistic_regression import sigmoid


def propagate(w, b, X, Y):
    m = X.shape[1]
    z = w.T @ X + b
    A = sigmoid(z)
    log_a = np.log(np.maximum(A, 1e-300))
    log_b = np.log(np.maximum(1 - A, 1e-300))
    cost = -np.mean(Y * log_a + 1 - Y * log_b)
    error = A - Y
    dw = X @ error.T / m
    db = np.mean(error)
    grads = {"dw": dw, "db": db}
    return grads, cost

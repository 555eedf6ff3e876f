"""The factor (1 - Y) before the second logarithm is forgotten: the cost is too large whenever there is a label 1.
Both gradients are right."""

import numpy as np

from source_solutions.logistic_regression import sigmoid


def propagate(w, b, X, Y):
    m = X.shape[1]
    A = sigmoid(np.dot(w.T, X) + b)
    safe = np.maximum(A, 1e-300)
    safe_not = np.maximum(1 - A, 1e-300)
    cost = -1 / m * np.sum(Y * np.log(safe) + np.log(safe_not))
    dw = 1 / m * np.dot(X, (A - Y).T)
    db = 1 / m * np.sum(A - Y)
    grads = {"dw": dw, "db": db}
    return grads, cost

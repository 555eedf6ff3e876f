"""Two slips: dw is divided by the number of inputs instead of the number of examples, and db has the wrong sign (Y -
A). The cost is right."""

import numpy as np

from source_solutions.logistic_regression import sigmoid


def propagate(w, b, X, Y):
    m = X.shape[1]
    A = sigmoid(w.T @ X + b)
    tiny = 1e-300
    cost = -np.sum(Y * np.log(np.maximum(A, tiny)) + (1 - Y) * np.log(np.maximum(1 - A, tiny))) / m
    n = len(X)
    dw = X @ (A - Y).T / n
    db = np.mean(Y - A)
    grads = {"dw": dw, "db": db}
    return grads, cost

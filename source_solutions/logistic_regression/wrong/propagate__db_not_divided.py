"""The gradient db is summed but not divided by m: db is m times too large. dw and cost are right."""

import numpy as np

from nnlab.given import sigmoid


def propagate(w, b, X, Y):
    m = X.shape[1]
    A = sigmoid(np.dot(w.T, X) + b)
    cost = -np.mean(Y * np.log(np.maximum(A, 1e-300)) + (1 - Y) * np.log(np.maximum(1 - A, 1e-300)))
    error = A - Y
    dw = np.dot(X, error.T) / m
    db = np.sum(error)
    grads = {"dw": dw, "db": db}
    return grads, cost

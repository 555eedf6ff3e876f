"""Two mistakes. dw is a row (1, n_x) and should be a column. The cost is the sum of the losses and should be their
mean, so it is m times too large. db is right."""

import numpy as np

from nnlab.given import sigmoid


def propagate(w, b, X, Y):
    m = X.shape[1]
    Z = np.matmul(w.T, X) + b
    A = sigmoid(Z)
    eps = 1e-300
    losses = -Y * np.log(np.maximum(A, eps)) - (1 - Y) * np.log(np.maximum(1 - A, eps))
    cost = np.sum(losses)
    dw = np.dot(A - Y, X.T) / m
    db = np.mean(A - Y)
    grads = {"dw": dw, "db": db}
    return grads, cost

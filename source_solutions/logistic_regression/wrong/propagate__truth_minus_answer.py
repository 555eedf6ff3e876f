"""Two mistakes. dw is computed with Y - A and has the opposite sign. db is divided by the number of inputs and not by
the number of examples. The cost is right."""

import numpy as np

from nnlab.given import sigmoid


def propagate(w, b, X, Y):
    m = X.shape[1]
    n = X.shape[0]
    A = sigmoid((w * X).sum(axis=0, keepdims=True) + b)
    cost = 0
    dw = np.zeros_like(w, dtype=float)
    db = 0
    for i in range(m):
        a, y = A[0, i], Y[0, i]
        if y == 1:
            cost -= np.log(max(a, 1e-300))
        else:
            cost -= np.log(max(1 - a, 1e-300))
        for j in range(n):
            dw[j, 0] += X[j, i] * (y - a)
        db += a - y
    cost /= m
    dw /= m
    db /= n
    grads = {"dw": dw, "db": db}
    return grads, cost

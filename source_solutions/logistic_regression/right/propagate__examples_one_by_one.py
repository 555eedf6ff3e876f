"""A Python loop over the examples with math.log, which adds up cost and gradients; returns a plain float."""

import math


def propagate(w, b, X, Y):
    m = X.shape[1]
    J, dw, db = 0.0, np.zeros((X.shape[0], 1)), 0.0
    for i in range(m):
        x_i = X[:, i : i + 1]
        a = float(np.squeeze(sigmoid((w * x_i).sum() + b)))
        y = Y[0, i]
        p = a if y == 1 else 1 - a
        J += -math.log(max(p, 1e-300))
        dw += x_i * (a - y)
        db += a - y
    J /= m
    dw /= m
    db /= m
    grads = {}
    grads["dw"] = dw
    grads["db"] = db
    return grads, J

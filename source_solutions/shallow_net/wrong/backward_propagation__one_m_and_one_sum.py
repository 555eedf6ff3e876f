"""Two mistakes. dW2 is not divided by m. db1 is the sum over all units and examples, one number for all units: it has
the shape () and not (n_h, 1). dW1 and db2 are right."""

import numpy as np


def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    W2 = parameters["W2"]
    A1, A2 = cache["A1"], cache["A2"]
    delta2 = A2 - Y
    dW2 = delta2 @ A1.T
    db2 = delta2.sum(axis=1, keepdims=True) / m
    delta1 = (W2.T @ delta2) * (1 - A1 * A1)
    dW1 = delta1 @ X.T / m
    db1 = delta1.sum() / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

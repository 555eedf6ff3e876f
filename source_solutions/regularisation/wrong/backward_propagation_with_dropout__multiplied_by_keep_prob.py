"""The gradients are multiplied by keep_prob where they must be divided by it. dA2, dA1 and all of layers 2 and 1 are
wrong (unless keep_prob is 1); dZ3, dW3 and db3 are right."""

import numpy as np


def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    m = X.shape[1]
    (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = 1 / m * dZ3 @ A2.T
    db3 = 1 / m * dZ3.sum(axis=1, keepdims=True)
    dA2 = W3.T @ dZ3
    dA2 = dA2 * D2
    dA2 = dA2 * keep_prob
    dZ2 = dA2 * (Z2 > 0)
    dW2 = 1 / m * dZ2 @ A1.T
    db2 = 1 / m * dZ2.sum(axis=1, keepdims=True)
    dA1 = W2.T @ dZ2
    dA1 = dA1 * D1
    dA1 = dA1 * keep_prob
    dZ1 = dA1 * (Z1 > 0)
    dW1 = 1 / m * dZ1 @ X.T
    db1 = 1 / m * dZ1.sum(axis=1, keepdims=True)
    return {
        "dZ3": dZ3,
        "dW3": dW3,
        "db3": db3,
        "dA2": dA2,
        "dZ2": dZ2,
        "dW2": dW2,
        "db2": db2,
        "dA1": dA1,
        "dZ1": dZ1,
        "dW1": dW1,
        "db1": db1,
    }

"""Divides dZ3 by m and then again in every dW and db. dZ3, dA2, dZ2, dA1 and dZ1 are m times too small, and so are
all dW and db."""

import numpy as np


def backward_propagation_n(X, Y, cache):
    m = X.shape[1]
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    dZ3 = (A3 - Y) / m
    dW3 = np.matmul(dZ3, A2.T) / m
    db3 = np.mean(dZ3, axis=1, keepdims=True)
    dA2 = np.matmul(W3.T, dZ3)
    dZ2 = np.where(Z2 > 0, dA2, 0)
    dW2 = np.matmul(dZ2, A1.T) / m
    db2 = np.mean(dZ2, axis=1, keepdims=True)
    dA1 = np.matmul(W2.T, dZ2)
    dZ1 = np.where(Z1 > 0, dA1, 0)
    dW1 = np.matmul(dZ1, X.T) / m
    db1 = np.mean(dZ1, axis=1, keepdims=True)
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

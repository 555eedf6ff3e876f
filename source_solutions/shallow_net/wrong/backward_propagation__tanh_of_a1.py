"""For the slope of tanh, tanh is taken once more of A1, which is already the tanh. dW1 and db1 are wrong; dW2 and db2
are right."""

import numpy as np


def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    W2 = parameters["W2"]
    A1, A2 = cache["A1"], cache["A2"]
    dZ2 = A2 - Y
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    slope = 1 - np.power(np.tanh(A1), 2)
    dZ1 = np.dot(W2.T, dZ2) * slope
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

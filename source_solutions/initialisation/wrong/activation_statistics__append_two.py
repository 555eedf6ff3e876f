"""append gets two arguments because the parentheses of the pair are missing: a TypeError."""

import numpy as np


def activation_statistics(X, parameters, activation):
    A = X
    L = len(parameters) // 2
    statistics = []
    for l in range(1, L + 1):
        Z = np.dot(parameters["W" + str(l)], A) + parameters["b" + str(l)]
        if activation == "relu":
            A = np.maximum(Z, 0)
        else:
            A = np.tanh(Z)
        statistics.append(np.mean(A), np.std(A))
    return statistics

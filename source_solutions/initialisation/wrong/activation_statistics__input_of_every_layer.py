"""Every layer is fed with X and not with the activations of the layer before: for layers of other sizes numpy raises
an error."""

import numpy as np


def activation_statistics(X, parameters, activation):
    A = X
    L = len(parameters) // 2
    statistics = []
    f = {"relu": lambda z: np.maximum(z, 0), "tanh": np.tanh}[activation]
    for k in range(1, L + 1):
        A = f(np.dot(parameters["W" + str(k)], X) + parameters["b" + str(k)])
        statistics.append((np.mean(A), np.std(A)))
    return statistics

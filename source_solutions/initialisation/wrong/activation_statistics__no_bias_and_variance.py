"""Two slips. The bias is left out, so all numbers are wrong for a network whose biases are not zero; and the variance
is noted instead of the standard deviation. With zero biases the means are right and the deviations are still
wrong."""

import numpy as np


def activation_statistics(X, parameters, activation):
    A = X
    L = len(parameters) // 2
    statistics = []
    for l in range(1, L + 1):
        Z = parameters[f"W{l}"] @ A
        A = np.tanh(Z) if activation == "tanh" else Z * (Z > 0)
        pair = (A.mean(), A.var())
        statistics.append(pair)
    return statistics

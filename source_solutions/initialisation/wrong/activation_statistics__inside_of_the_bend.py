"""Measures the sums Z and not the activations A: mean and deviation of every layer are wrong."""

import numpy as np


def activation_statistics(X, parameters, activation):
    A = X
    L = len(parameters) // 2
    statistics = []
    for k in range(1, L + 1):
        Z = parameters[f"W{k}"] @ A + parameters[f"b{k}"]
        A = np.tanh(Z) if activation == "tanh" else np.maximum(0, Z)
        statistics.append((Z.mean(), Z.std()))
    return statistics

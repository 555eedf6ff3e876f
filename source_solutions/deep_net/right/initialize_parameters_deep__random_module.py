"""Python's random.gauss in nested list comprehensions."""

import random


def initialize_parameters_deep(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        rows, columns = layer_dims[l], layer_dims[l - 1]
        parameters[f"W{l}"] = np.array([[random.gauss(0, 0.01) for _ in range(columns)] for _ in range(rows)])
        parameters[f"b{l}"] = np.array([[0.0]] * rows)
    return parameters

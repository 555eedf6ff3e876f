"""Evenly spread numbers from 0 to 10 in place of normal ones: all weights are positive and their spread is wrong.
Biases are right."""

import numpy as np


def initialize_parameters_random(layers_dims):
    parameters = {}
    L = len(layers_dims) - 1
    for k in range(1, L + 1):
        parameters["W" + str(k)] = np.random.rand(layers_dims[k], layers_dims[k - 1]) * 10
        parameters["b" + str(k)] = np.zeros((layers_dims[k], 1))
    return parameters

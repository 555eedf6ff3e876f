"""Only the 2 stands under the root: the factor is sqrt(2) / n, so all weights are too small. Shapes, keys and biases
are right."""

import numpy as np


def initialize_parameters_he(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters[f"W{l}"] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * np.sqrt(2) / layers_dims[l - 1]
        parameters[f"b{l}"] = np.zeros((layers_dims[l], 1))
    return parameters

"""The loop starts at 0 and the layer number is used in the keys as it is: the keys are W0, b0, W1, ... instead of W1,
b1, W2, ... The arrays are right, but under the keys of the layer before."""

import numpy as np


def initialize_parameters_zeros(layers_dims):
    parameters = {}
    for l in range(len(layers_dims) - 1):
        parameters[f"W{l}"] = np.zeros((layers_dims[l + 1], layers_dims[l]))
        parameters[f"b{l}"] = np.zeros((layers_dims[l + 1], 1))
    return parameters

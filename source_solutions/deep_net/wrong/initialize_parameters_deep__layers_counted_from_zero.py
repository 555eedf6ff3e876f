"""The loop starts at 0 and the keys use that number: W0, b0, W1, ... instead of W1, b1, ... The arrays have the right
shapes, but each stands under the number of the layer before, and the last layer's keys are missing."""

import numpy as np


def initialize_parameters_deep(layer_dims):
    parameters = {}
    for l in range(len(layer_dims) - 1):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l + 1], layer_dims[l]) * 0.01
        parameters["b" + str(l)] = np.zeros((layer_dims[l + 1], 1))
    return parameters

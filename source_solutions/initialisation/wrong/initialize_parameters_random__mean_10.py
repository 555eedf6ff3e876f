"""The 10 is given as the mean of the normal distribution instead of its spread: the weights lie around 10 with
deviation 1. All W are wrong; the b and all shapes are right."""

import numpy as np


def initialize_parameters_random(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters[f"W{l}"] = np.random.normal(10, 1, (layers_dims[l], layers_dims[l - 1]))
        parameters[f"b{l}"] = np.zeros((layers_dims[l], 1))
    return parameters

"""The size of the layer itself is taken instead of the layer before: the weights have the wrong size wherever two
neighbouring layers are not equally wide. Shapes, keys and biases are right."""

import numpy as np


def initialize_parameters_xavier(layers_dims):
    params = {}
    for l in range(1, len(layers_dims)):
        scale = np.sqrt(1 / layers_dims[l])
        params["W" + str(l)] = scale * np.random.randn(layers_dims[l], layers_dims[l - 1])
        params["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return params

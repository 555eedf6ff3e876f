"""The weights get the shape (n_l, n_l) and not (n_l, n_{l-1}): every W has the wrong shape, except between layers of
the same size. The biases are right."""

import numpy as np


def initialize_parameters_zeros(layers_dims):
    parameters = {}
    for i in range(1, len(layers_dims)):
        n = layers_dims[i]
        n_before = layers_dims[i]
        parameters["W%d" % i] = np.zeros((n, n_before))
        parameters["b%d" % i] = np.zeros((n, 1))
    return parameters

"""Two mistakes. The weights lack the factor 10. The biases are random and should be zero."""

import numpy as np


def initialize_parameters_random(layers_dims):
    rng = np.random.default_rng()
    parameters = {}
    for k, n in enumerate(layers_dims[1:], 1):
        parameters[f"W{k}"] = rng.normal(size=(n, layers_dims[k - 1]))
        parameters[f"b{k}"] = rng.normal(size=(n, 1)) * 10
    return parameters

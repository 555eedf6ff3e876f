"""A bracket stands in the wrong place: np.sqrt(1) / n and not np.sqrt(1 / n). The spread of the weights is too
small."""

import numpy as np


def initialize_parameters_xavier(layers_dims):
    parameters = {}
    for i in range(1, len(layers_dims)):
        W = np.random.randn(layers_dims[i], layers_dims[i - 1])
        W = W * np.sqrt(1) / layers_dims[i - 1]
        b = np.zeros([layers_dims[i], 1])
        parameters.update({"W" + str(i): W, "b" + str(i): b})
    return parameters

"""From lesson 06. Built from its solutions by `grader build`, never edited."""

import numpy as np


def initialize_parameters_he(layers_dims):
    """Weights from the normal distribution times sqrt(2 / n_{l-1}), biases zero.

    layers_dims: [n_0, n_1, ..., n_L]
    Returns {"W1": (n_1, n_0), "b1": (n_1, 1), ..., "WL": (n_L, n_{L-1}), "bL": (n_L, 1)}.
    """
    parameters = {}
    for l in range(1, len(layers_dims)):
        # The units of the layer, and those of the layer before.
        n, n_before = layers_dims[l], layers_dims[l - 1]
        # relu loses half of the signal; the 2 makes up for it.
        parameters[f"W{l}"] = np.random.randn(n, n_before) * np.sqrt(2 / n_before)
        parameters[f"b{l}"] = np.zeros((n, 1))
    return parameters

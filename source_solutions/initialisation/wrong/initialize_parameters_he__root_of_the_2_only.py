"""The bracket of the root closes too early: the factor is sqrt(2) divided by the number of inputs. All weights are
too small; the biases and all shapes are right."""

import numpy as np


def initialize_parameters_he(layers_dims):
    parameters = {}
    L = len(layers_dims) - 1
    for l in range(1, L + 1):
        n_in = layers_dims[l - 1]
        n_out = layers_dims[l]
        parameters[f"W{l}"] = np.random.randn(n_out, n_in) * (np.sqrt(2) / n_in)
        parameters[f"b{l}"] = np.zeros((n_out, 1))
    return parameters

"""The formula is a mixture with that of Glorot's paper: 1 over the sum of the two sizes, where this course has 1 over
the number of inputs. All weights are too small; biases and shapes are right."""

import numpy as np


def initialize_parameters_xavier(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        fan_out, fan_in = layers_dims[l], layers_dims[l - 1]
        std = np.sqrt(1.0 / (fan_in + fan_out))
        parameters[f"W{l}"] = std * np.random.randn(fan_out, fan_in)
        parameters[f"b{l}"] = np.zeros((fan_out, 1))
    return parameters

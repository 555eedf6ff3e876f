"""The gradient is looked up under the name of the parameter, without the "d" in front: a KeyError."""

import numpy as np


def update_parameters_with_gd(parameters, grads, learning_rate):
    parameters = dict(parameters)
    for name in parameters:
        parameters[name] = parameters[name] - learning_rate * grads[name]
    return parameters

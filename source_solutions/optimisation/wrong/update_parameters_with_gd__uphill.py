"""Adds the gradient: every parameter moves uphill."""

import numpy as np


def update_parameters_with_gd(parameters, grads, learning_rate):
    parameters = dict(parameters)
    for name in parameters:
        step = learning_rate * grads["d" + name]
        parameters[name] = parameters[name] + step
    return parameters

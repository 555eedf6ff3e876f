"""The squared gradient also stands on top of the fraction, so the steps have the wrong size and never change
direction. The parameters are wrong, s is right."""

import numpy as np


def update_parameters_with_rmsprop(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
    parameters, s = dict(parameters), dict(s)
    for name in parameters:
        g = grads["d" + name] ** 2
        s["d" + name] = beta * s["d" + name] + (1 - beta) * g
        parameters[name] = parameters[name] - learning_rate * g / (np.sqrt(s["d" + name]) + epsilon)
    return parameters, s

"""The bracket is in the wrong place: the square is taken of (1 - beta) times the gradient. s is too small, and so the
parameters are wrong too."""

import numpy as np


def update_parameters_with_rmsprop(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
    parameters, s = dict(parameters), dict(s)
    for name in parameters:
        g = grads["d" + name]
        s["d" + name] = beta * s["d" + name] + ((1 - beta) * g) ** 2
        parameters[name] = parameters[name] - learning_rate * g / (np.sqrt(s["d" + name]) + epsilon)
    return parameters, s

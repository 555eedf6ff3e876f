"""epsilon stands inside the root: parameters are a little wrong, and very wrong where s is tiny. s is right."""

import numpy as np


def update_parameters_with_rmsprop(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
    parameters, s = dict(parameters), dict(s)
    for name in parameters:
        g = grads["d" + name]
        s["d" + name] = beta * s["d" + name] + (1 - beta) * g**2
        below = np.sqrt(s["d" + name] + epsilon)
        parameters[name] = parameters[name] - learning_rate * g / below
    return parameters, s

"""Loops over the single entries with math.sqrt."""

import math


def update_parameters_with_rmsprop(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
    for name in parameters:
        for place in np.ndindex(parameters[name].shape):
            g = grads["d" + name][place]
            s["d" + name][place] = beta * s["d" + name][place] + (1 - beta) * g**2
            parameters[name][place] -= learning_rate * g / (math.sqrt(s["d" + name][place]) + epsilon)
    return parameters, s

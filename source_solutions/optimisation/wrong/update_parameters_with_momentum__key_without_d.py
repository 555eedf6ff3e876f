"""Looks for grads["W1"] where the key is "dW1": raises KeyError."""

import numpy as np


def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    parameters, v = dict(parameters), dict(v)
    for name in parameters:
        g = grads[name]
        velocity = np.multiply(beta, v["d" + name]) + np.multiply(1 - beta, g)
        v["d" + name] = velocity
        parameters[name] = parameters[name] - learning_rate * velocity
    return parameters, v

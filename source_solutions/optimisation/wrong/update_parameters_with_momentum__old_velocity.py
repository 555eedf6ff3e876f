"""The step is made with the velocity from before: parameters are wrong, v is right."""

import numpy as np


def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    parameters, v = dict(parameters), dict(v)
    for name in parameters:
        key = "d" + name
        parameters[name] = parameters[name] - learning_rate * v[key]
        v[key] = beta * v[key] + (1 - beta) * grads[key]
    return parameters, v

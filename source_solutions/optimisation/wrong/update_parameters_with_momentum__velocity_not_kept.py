"""The new velocity has a name of its own and is never put into the dictionary. The parameters are right, the returned
v is the old one."""

import numpy as np


def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    parameters, v = dict(parameters), dict(v)
    for name in parameters:
        velocity = beta * v["d" + name] + (1 - beta) * grads["d" + name]
        parameters[name] = parameters[name] - learning_rate * velocity
    return parameters, v

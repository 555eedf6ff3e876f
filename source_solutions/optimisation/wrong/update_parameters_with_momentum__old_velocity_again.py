"""The step is made before the velocity is renewed, so it uses the old velocity. The parameters are wrong, the
returned velocities are right."""

import numpy as np


def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    parameters, v = dict(parameters), dict(v)
    for name in parameters:
        parameters[name] = parameters[name] - learning_rate * v["d" + name]
        v["d" + name] = beta * v["d" + name] + (1 - beta) * grads["d" + name]
    return parameters, v

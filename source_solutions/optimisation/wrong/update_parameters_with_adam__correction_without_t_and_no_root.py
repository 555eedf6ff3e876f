"""Two slips in the step: both averages are divided by 1 - beta instead of 1 - beta ** t, and the root of the average
square is forgotten. The parameters are wrong, v and s are right."""

import numpy as np


def update_parameters_with_adam(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    parameters, v, s = dict(parameters), dict(v), dict(s)
    for name in parameters:
        g = grads["d" + name]
        v["d" + name] = beta1 * v["d" + name] + (1 - beta1) * g
        s["d" + name] = beta2 * s["d" + name] + (1 - beta2) * g**2
        v_hat = v["d" + name] / (1 - beta1)
        s_hat = s["d" + name] / (1 - beta2)
        parameters[name] = parameters[name] - learning_rate * v_hat / (s_hat + epsilon)
    return parameters, v, s

"""The correction divides by 1 - beta * t instead of 1 - beta to the power t. v and s are right; the parameters are
right for t = 1 only and wrong for every later step."""

import numpy as np


def update_parameters_with_adam(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    parameters, v, s = dict(parameters), dict(v), dict(s)
    for name in parameters:
        g = grads["d" + name]
        v["d" + name] = beta1 * v["d" + name] + (1 - beta1) * g
        s["d" + name] = beta2 * s["d" + name] + (1 - beta2) * g**2
        v_corrected = v["d" + name] / (1 - beta1 * t)
        s_corrected = s["d" + name] / (1 - beta2 * t)
        parameters[name] = parameters[name] - learning_rate * v_corrected / (np.sqrt(s_corrected) + epsilon)
    return parameters, v, s

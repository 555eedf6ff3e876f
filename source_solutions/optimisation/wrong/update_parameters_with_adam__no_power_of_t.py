"""The correction divides by 1 - beta and not by 1 - beta to the power t: parameters are right for t = 1 and wrong for
every later step. v and s are right."""

import numpy as np


def update_parameters_with_adam(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    parameters, v, s = dict(parameters), dict(v), dict(s)
    for name in parameters:
        grad = grads["d" + name]
        v["d" + name] = beta1 * v["d" + name] + (1 - beta1) * grad
        s["d" + name] = beta2 * s["d" + name] + (1 - beta2) * np.power(grad, 2)
        v_corrected = v["d" + name] / (1 - beta1)
        s_corrected = s["d" + name] / (1 - beta2)
        update = np.divide(v_corrected, np.sqrt(s_corrected) + epsilon)
        parameters[name] = parameters[name] - learning_rate * update
    return parameters, v, s

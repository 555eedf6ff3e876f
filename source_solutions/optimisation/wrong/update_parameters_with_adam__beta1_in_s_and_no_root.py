"""Two slips. The average of the squares uses beta1 (a copied line), so s is wrong; and the square root in the
denominator of the step is forgotten. The parameters are wrong for both reasons, v is right."""

import numpy as np


def update_parameters_with_adam(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    parameters, v, s = dict(parameters), dict(v), dict(s)
    for name in parameters:
        key = "d" + name
        v[key] = beta1 * v[key] + (1 - beta1) * grads[key]
        s[key] = beta1 * s[key] + (1 - beta1) * np.square(grads[key])
        v_hat = v[key] / (1 - beta1**t)
        s_hat = s[key] / (1 - beta2**t)
        parameters[name] = parameters[name] - learning_rate * v_hat / (s_hat + epsilon)
    return parameters, v, s

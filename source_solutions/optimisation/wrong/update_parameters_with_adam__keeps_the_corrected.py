"""Two mistakes. v is returned corrected and should be returned as it is; the step itself uses the right value. s is
made with beta1 and not with beta2, so s is wrong and the parameters with it."""

import numpy as np


def update_parameters_with_adam(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    parameters, v, s = dict(parameters), dict(v), dict(s)
    for name in parameters:
        k = "d" + name
        v[k] = beta1 * v[k] + (1 - beta1) * grads[k]
        v_hat = v[k] / (1 - beta1**t)
        v[k] = v_hat
        s[k] = beta1 * s[k] + (1 - beta1) * grads[k] ** 2
        s_hat = s[k] / (1 - beta2**t)
        parameters[name] = parameters[name] - learning_rate * v_hat / (np.sqrt(s_hat) + epsilon)
    return parameters, v, s

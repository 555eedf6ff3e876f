"""Two mistakes. The average is taken of |g| and not of its square, so s is wrong. The root is missing in the step, so
the parameters are wrong for a right s too."""

import numpy as np


def update_parameters_with_rmsprop(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
    parameters, s = dict(parameters), dict(s)
    for name in parameters:
        grad = grads[f"d{name}"]
        mean_square = beta * s[f"d{name}"] + (1 - beta) * np.abs(grad)
        s[f"d{name}"] = mean_square
        parameters[name] = parameters[name] - learning_rate * grad / (mean_square + epsilon)
    return parameters, s

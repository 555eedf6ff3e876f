"""From lesson 08. Built from its solutions by `grader build`, never edited."""

import numpy as np


def initialize_velocity(parameters):
    """A velocity of zero for every parameter.

    parameters: {"W1", "b1", ...}
    Returns v: {"dW1": zeros of the shape of W1, "db1": zeros of the shape of b1, ...}.
    """
    v = {}
    for name in parameters:
        # One array of zeros for each parameter, of the same shape.
        v["d" + name] = np.zeros(parameters[name].shape)
    return v


def initialize_adam(parameters):
    """Velocities and average squares of zero for every parameter.

    parameters: {"W1", "b1", ...}
    Returns (v, s): two dictionaries {"dW1": zeros of the shape of W1, "db1": zeros of the shape of b1, ...}.
    """
    # Two averages: of the gradients, and of their squares.
    v = initialize_velocity(parameters)
    s = initialize_velocity(parameters)
    return v, s


def update_parameters_with_adam(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """The parameters, velocities and average squares after one step of Adam.

    parameters: {"W1", "b1", ...}   grads, v, s: {"dW1", "db1", ...}   t: number of this step, 1 or more
    Returns (parameters, v, s): new dictionaries with the same keys; v and s without correction.
    """
    parameters, v, s = dict(parameters), dict(v), dict(s)
    for name in parameters:
        # The average of momentum and the average of RMSprop,
        v["d" + name] = beta1 * v["d" + name] + (1 - beta1) * grads["d" + name]
        s["d" + name] = beta2 * s["d" + name] + (1 - beta2) * grads["d" + name] ** 2
        # both without the zero they began at,
        v_corrected = v["d" + name] / (1 - beta1**t)
        s_corrected = s["d" + name] / (1 - beta2**t)
        # and a step with the one, divided by the root of the other.
        parameters[name] = parameters[name] - learning_rate * v_corrected / (np.sqrt(s_corrected) + epsilon)
    return parameters, v, s

"""Uses the name of the parameter as the key and not that of its gradient: v has W1 and b1 where dW1 and db1 are
expected."""

import numpy as np


def initialize_velocity(parameters):
    v = {}
    for name in parameters:
        key = name
        v[key] = np.zeros(parameters[name].shape)
    return v

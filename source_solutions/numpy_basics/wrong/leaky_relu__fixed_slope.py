"""The slope 0.01 is written into the formula, and the argument is not used. Everything is right for the default
slope; for any other one the negative entries are wrong."""

import numpy as np


def leaky_relu(x, slope=0.01):
    return np.maximum(0.01 * x, x)

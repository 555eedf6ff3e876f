"""At 0 half of the gradient passes. Affects da where a is 0."""

import numpy as np


def vjp_relu(g, a):
    return g * np.heaviside(a, 0.5)

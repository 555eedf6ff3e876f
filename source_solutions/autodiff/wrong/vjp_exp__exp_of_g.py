"""The exponential is taken of what arrives, times a. Affects da."""

import numpy as np


def vjp_exp(g, a):
    return np.exp(g) * a

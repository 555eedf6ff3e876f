"""The plain formula. Its values are right, but for x = -1000 the exponential overflows and numpy warns: only the part
about large numbers is lost."""

import numpy as np


def sigmoid(x):
    minus_exp = np.exp(-x)
    s = 1.0 / (1.0 + minus_exp)
    return s

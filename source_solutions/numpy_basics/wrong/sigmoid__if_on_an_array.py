"""The two forms are chosen with an ordinary `if`, which does not work on an array with several entries: a ValueError.
For one number the result is right."""

import numpy as np


def sigmoid(x):
    if x >= 0:
        s = 1 / (1 + np.exp(-x))
    else:
        s = np.exp(x) / (1 + np.exp(x))
    return s

"""The safe exponential of -|x| is used, but the second form for negative numbers is missing. Entries with x >= 0 are
right; for negative x the result is that of -x (above one half instead of below)."""

import numpy as np


def sigmoid(x):
    s = 1 / (1 + np.exp(-np.abs(x)))
    return s

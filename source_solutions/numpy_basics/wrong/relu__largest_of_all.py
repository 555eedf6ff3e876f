"""np.max in place of np.maximum, and so one number in place of an array: a has the wrong shape."""

import numpy as np


def relu(x):
    positive = np.where(np.asarray(x) > 0, x, 0)
    a = np.max(positive)
    return a

"""Returns a: the shape of x -- a number comes back as an array"""

import numpy as np


def relu(x):
    return np.maximum(0, np.atleast_1d(x))

"""x: a number   theta: a number -- not where theta is 0"""

import numpy as np


def backward_propagation(x, theta):
    return np.float64(theta * x) / theta

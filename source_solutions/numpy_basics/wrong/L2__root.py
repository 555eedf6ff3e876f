"""The length of the vector of errors is returned: the square root of the right sum of squares."""

import numpy as np


def L2(yhat, y):
    loss = np.linalg.norm(y - yhat)
    return loss

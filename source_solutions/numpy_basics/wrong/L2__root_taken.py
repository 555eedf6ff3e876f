"""Returns the length of the vector of errors: loss is the square root of what it should be."""

import numpy as np


def L2(yhat, y):
    diff = np.subtract(yhat, y)
    loss = np.linalg.norm(diff)
    return loss

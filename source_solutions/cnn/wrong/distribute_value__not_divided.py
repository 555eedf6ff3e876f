"""Every entry gets the whole of dz: their sum is not dz but as many times dz as the window has entries."""

import numpy as np


def distribute_value(dz, shape):
    a = np.ones(shape)
    n_H, n_W = shape
    average = dz
    a = a * average
    return a

"""The brackets around the product are missing: dz is divided by the rows and multiplied by the columns. The entries
are equal, but their sum is too large."""

import numpy as np


def distribute_value(dz, shape):
    n_H, n_W = shape
    average = dz / n_H * n_W
    a = np.ones(shape) * average
    return a

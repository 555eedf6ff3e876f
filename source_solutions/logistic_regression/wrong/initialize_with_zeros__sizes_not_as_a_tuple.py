"""`np.zeros(dim, 1)` takes the 1 as a data type instead of a size. Every call raises a TypeError."""

import numpy as np


def initialize_with_zeros(dim):
    w = np.zeros(dim, 1)
    b = 0.0
    return w, b

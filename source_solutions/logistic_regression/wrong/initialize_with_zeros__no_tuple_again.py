"""np.zeros gets two numbers instead of one tuple: it takes the 1 for a data type and raises a TypeError."""

import numpy as np


def initialize_with_zeros(dim):
    w = np.zeros(dim, 1)
    b = 0
    return w, b

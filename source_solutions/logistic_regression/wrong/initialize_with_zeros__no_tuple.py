"""np.zeros gets two sizes in place of a tuple: it takes the second for a dtype and raises TypeError."""

import numpy as np


def initialize_with_zeros(dim):
    b = 0
    w = np.zeros(dim, 1)
    return w, b

"""w has the shape (dim,) and not (dim, 1). b is right."""

import numpy as np


def initialize_with_zeros(dim):
    w = np.zeros(dim)
    b = 0.0
    return w, b

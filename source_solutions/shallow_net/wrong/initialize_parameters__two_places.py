"""Two mistakes. The factor 0.01 is missing in W2, which is 100 times too large. b1 consists of random numbers and
should be zero."""

import numpy as np


def initialize_parameters(n_x, n_h, n_y):
    W1 = 0.01 * np.random.randn(n_h, n_x)
    b1 = 0.01 * np.random.randn(n_h, 1)
    W2 = np.random.randn(n_y, n_h)
    b2 = np.zeros([n_y, 1])
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}

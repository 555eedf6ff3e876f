"""np.random.rand in place of randn: W1 and W2 are all positive and evenly spread from 0 to 0.01. The biases are
right."""

import numpy as np


def initialize_parameters(n_x, n_h, n_y):
    random = np.random.rand
    W1 = random(n_h, n_x) * 0.01
    W2 = random(n_y, n_h) * 0.01
    b1 = np.zeros((n_h, 1))
    b2 = np.zeros((n_y, 1))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}

"""The square stands outside the sum, so positive and negative errors cancel before they are squared. The cost is
wrong."""

import numpy as np


def mse_cost(AL, Y):
    m = Y.shape[1]
    diff = AL - Y
    cost = np.sum(diff) ** 2 / (2 * m)
    return cost

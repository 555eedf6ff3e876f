"""np.mean divides by m already, and the result is divided by m once more: the cost is too small by the factor m."""

import numpy as np


def compute_cost(AL, Y):
    m = Y.shape[1]
    p1 = np.maximum(AL, 1e-300)
    p0 = np.maximum(1 - AL, 1e-300)
    cost = -(1 / m) * np.mean(Y * np.log(p1) + (1 - Y) * np.log(p0))
    return cost

"""Two slips with brackets: the minus sign reaches only the examples with label 1, and only those with label 0 are
divided by m. The cost is wrong."""

import numpy as np


def compute_cost(A2, Y):
    m = Y.shape[1]
    ones = np.sum(Y * np.log(np.maximum(A2, 1e-300)))
    zeros = np.sum((1 - Y) * np.log(np.maximum(1 - A2, 1e-300)))
    cost = -ones + zeros / m
    return cost

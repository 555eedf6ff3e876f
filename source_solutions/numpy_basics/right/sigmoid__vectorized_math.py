"""A function for one number with math.exp and an if, made to work on arrays by the decorator np.vectorize."""

import math


@np.vectorize
def sigmoid(x):
    if x >= 0:
        return 1.0 / (1.0 + math.exp(-x))
    return math.exp(x) / (1.0 + math.exp(x))

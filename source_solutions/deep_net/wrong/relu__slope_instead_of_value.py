"""A is 1 where Z is positive and 0 elsewhere: the slope of relu instead of relu. A is wrong, the cache is right."""

import numpy as np


def relu(Z):
    A = (Z > 0) * 1.0
    cache = Z
    return A, cache

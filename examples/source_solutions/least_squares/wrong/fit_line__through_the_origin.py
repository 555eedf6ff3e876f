"""The best line through the origin, for which b is 0."""

import numpy as np


def fit_line(x, y):
    return np.sum(x * y) / np.sum(x * x), 0.0

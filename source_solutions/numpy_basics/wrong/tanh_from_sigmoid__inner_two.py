"""The factor 2 inside the sigmoid is forgotten, so the curve is only half as steep. All entries but 0 are wrong."""

import numpy as np

from source_solutions.numpy_basics import sigmoid


def tanh_from_sigmoid(x):
    t = 2 * sigmoid(x) - 1
    return t

"""The sigmoid is stretched and moved down, but taken at x instead of 2x. All values are too close to 0 (this is
tanh(x/2)); only x = 0 is right."""

import numpy as np

from source_solutions.numpy_basics import sigmoid


def tanh_from_sigmoid(x):
    s = sigmoid(x)
    t = 2 * s - 1
    return t

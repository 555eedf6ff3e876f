"""Sets negative entries to 0 with a mask: right for arrays, but for a single number it raises TypeError."""

import numpy as np


def relu(x):
    a = x * 1
    a[a < 0] = 0
    return a

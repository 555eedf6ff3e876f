"""The negative entries are replaced in the caller's own array. The returned values are right for an array, but the
argument is changed too, and a plain number raises a TypeError."""

import numpy as np


def relu(x):
    x[x < 0] = 0
    a = x
    return a

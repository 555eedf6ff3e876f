"""From lesson 01. Built from its solutions by `grader build`, never edited."""

import numpy as np


def sigmoid(x):
    """1 / (1 + exp(-x)) of every entry.

    x: a number or an array of any shape
    Returns s: the shape of x, each entry from 0 to 1; 1 for x = 1000 and 0 for x = -1000, without a warning.
    """
    # exp of a negative number cannot overflow.
    e = np.exp(-np.abs(x))
    # For a negative number the same curve is written with e above the line.
    s = np.where(np.asarray(x) >= 0, 1.0, e) / (1.0 + e)
    return s


def relu(x):
    """x where it is positive, 0 elsewhere.

    x: a number or an array of any shape
    Returns a: the shape of x.
    """
    # The larger of the two, entry by entry.
    a = np.maximum(0, x)
    return a

"""Divides by the tuple shape and not by the number of entries: the entries get two different divisors, or numpy
raises an error where the window is not two columns wide."""

import numpy as np


def distribute_value(dz, shape):
    a = np.full(shape, float(dz))
    a = a / shape
    return a

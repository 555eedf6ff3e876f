"""Adds the bias to every product before the sum: it counts as many times as the window has entries."""

import numpy as np


def conv_single_step(a_slice_prev, W, b):
    s = np.multiply(a_slice_prev, W)
    Z = np.sum(s + b)
    return Z

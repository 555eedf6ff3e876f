"""The sum runs over height and width only, so there is one number for each channel, each with the bias, instead of
one number in all. Z has several entries and is wrong unless there is one channel."""

import numpy as np


def conv_single_step(a_slice_prev, W, b):
    s = a_slice_prev * W
    Z = np.sum(s, axis=(0, 1)) + b
    return Z

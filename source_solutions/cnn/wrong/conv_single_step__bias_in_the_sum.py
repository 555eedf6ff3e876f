"""The bias is added before the sum, so it is counted once for every entry of the window. Z is wrong unless the bias
is 0."""

import numpy as np


def conv_single_step(a_slice_prev, W, b):
    s = a_slice_prev * W + b
    Z = np.sum(s)
    return Z

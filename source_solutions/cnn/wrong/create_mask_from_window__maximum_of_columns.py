"""Compares with the maximum of each column and not of the whole window: the mask has at least one True in every
column."""

import numpy as np


def create_mask_from_window(x):
    biggest = np.max(x, axis=0)
    mask = np.equal(x, biggest)
    return mask

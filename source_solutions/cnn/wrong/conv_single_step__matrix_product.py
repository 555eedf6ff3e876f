"""A matrix product where entries should be multiplied one by one: for a window that is not as wide as it has channels
numpy raises an error."""

import numpy as np


def conv_single_step(a_slice_prev, W, b):
    product = np.matmul(a_slice_prev, W)
    Z = product.sum() + b.item()
    return Z

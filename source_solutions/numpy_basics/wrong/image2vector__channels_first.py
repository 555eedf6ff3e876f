"""The axes are moved before the reshape, so that all red values come first, then all green and all blue ones. The
shape of the column is right, the order of its entries is wrong as soon as there is more than one channel."""

import numpy as np


def image2vector(image):
    H, W, C = image.shape
    image_as_column = image.transpose(2, 0, 1).reshape(H * W * C, 1)
    return image_as_column

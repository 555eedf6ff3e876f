"""The column holds first all red numbers, then all green ones, then all blue ones, instead of the three channels of
each pixel together. The shape is right, the order of the entries is wrong (right only for pictures with one
channel)."""

import numpy as np


def image2vector(image):
    parts = []
    for k in range(image.shape[2]):
        parts.append(image[:, :, k].ravel())
    image_as_column = np.concatenate(parts).reshape(-1, 1)
    return image_as_column

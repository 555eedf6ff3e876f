"""The transpose of all four axes comes before the reshape. Each column does hold one picture and the shape is right,
but its pixels are ordered by channel, then by column, then by row, so the order of the entries is wrong."""

import numpy as np


def flatten_images(images):
    m = images.shape[0]
    X = images.T.reshape(-1, m)
    return X

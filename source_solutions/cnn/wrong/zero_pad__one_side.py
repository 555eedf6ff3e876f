"""The frame is right in size but the picture stands in its upper left corner: all zeros are at the bottom and at the
right."""

import numpy as np


def zero_pad(X, pad):
    m, H, W, C = X.shape
    X_pad = np.zeros((m, H + 2 * pad, W + 2 * pad, C))
    X_pad[:, :H, :W, :] = X
    return X_pad

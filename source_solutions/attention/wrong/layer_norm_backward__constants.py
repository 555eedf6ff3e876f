"""Mean and deviation are taken as constants. Affects dX."""

import numpy as np


def layer_norm_backward(dY, cache):
    H, s, gamma = cache
    n = H.shape[-1]
    dX = gamma * dY / s
    return dX, (dY * H).reshape(-1, n).sum(axis=0), dY.reshape(-1, n).sum(axis=0)

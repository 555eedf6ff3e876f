"""The two means run over the whole array. Affects dX."""

import numpy as np


def layer_norm_backward(dY, cache):
    H, s, gamma = cache
    n = H.shape[-1]
    dH = dY * gamma
    dX = (dH - dH.mean() - H * (dH * H).mean()) / s
    return dX, (dY * H).reshape(-1, n).sum(axis=0), dY.reshape(-1, n).sum(axis=0)

"""gamma multiplies dX at the end, not dH. Affects dX."""

import numpy as np


def layer_norm_backward(dY, cache):
    H, s, gamma = cache
    axes = tuple(range(dY.ndim - 1))
    inner = dY - dY.mean(axis=-1, keepdims=True) - H * (dY * H).mean(axis=-1, keepdims=True)
    return gamma * inner / s, np.sum(dY * H, axis=axes), np.sum(dY, axis=axes)

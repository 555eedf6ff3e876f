"""Mean and deviation over the examples. Affects Y and the cache."""

import numpy as np


def layer_norm_forward(X, gamma, beta, epsilon=1e-5):
    mean, var = np.mean(X, axis=0), np.var(X, axis=0)
    s = np.sqrt(var + epsilon)
    H = (X - mean) / s
    Y = H * gamma + beta
    return Y, (H, s, gamma)

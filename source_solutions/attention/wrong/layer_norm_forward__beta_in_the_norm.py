"""The shift comes before the scale. Affects Y."""

import numpy as np


def layer_norm_forward(X, gamma, beta, epsilon=1e-5):
    s = np.sqrt(np.var(X, -1, keepdims=True) + epsilon)
    H = (X - np.mean(X, -1, keepdims=True)) / s
    return gamma * (H + beta), (H, s, gamma)

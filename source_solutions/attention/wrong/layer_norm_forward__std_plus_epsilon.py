"""Epsilon beside the deviation. Affects Y and the cache."""

import numpy as np


def layer_norm_forward(X, gamma, beta, epsilon=1e-5):
    mean = X.mean(axis=-1, keepdims=True)
    s = X.std(axis=-1, keepdims=True) + epsilon
    H = (X - mean) / s
    return gamma * H + beta, (H, s, gamma)

"""Divides by the largest value that occurs in X and ignores max_value: X_scaled is too large wherever the largest
possible value does not occur."""

import numpy as np


def standardize(X, max_value):
    top = np.max(X)
    X_scaled = X / top
    return X_scaled

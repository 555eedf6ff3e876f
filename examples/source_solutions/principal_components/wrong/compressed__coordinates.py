"""The coordinates along the directions, not the points."""

import numpy as np


def compressed(X, V):
    return (X - np.mean(X, axis=0)) @ V

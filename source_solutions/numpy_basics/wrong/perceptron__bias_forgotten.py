"""The bias is not added, so the line always goes through the origin: answers are wrong wherever b changes the
sign."""

import numpy as np


def perceptron(x, w, b):
    z = w.T @ x
    answers = np.where(z >= 0, 1, -1)
    return answers

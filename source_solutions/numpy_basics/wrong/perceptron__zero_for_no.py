"""The answer "no" is 0 where it has to be -1. The shape and all the answers 1 are right."""

import numpy as np


def perceptron(x, w, b):
    z = np.dot(w.T, x) + b
    answers = (z >= 0).astype(int)
    return answers

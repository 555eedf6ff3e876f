"""At exactly z = 0 the answer is -1 and should be 1. All other answers are right."""

import numpy as np


def perceptron(x, w, b):
    m = x.shape[1]
    answers = np.ones((1, m))
    for i in range(m):
        s = b
        for j in range(x.shape[0]):
            s = s + w[j, 0] * x[j, i]
        if s <= 0:
            answers[0, i] = -1
    return answers

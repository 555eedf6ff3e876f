"""The loop runs over `len(x)`, which is the number of inputs, not over the examples. With more examples than inputs
the last answers stay 0; with fewer there is an IndexError. The answers that are reached are right."""

import numpy as np


def perceptron(x, w, b):
    answers = np.zeros((1, x.shape[1]))
    for i in range(len(x)):
        total = np.sum(w[:, 0] * x[:, i]) + b
        if total >= 0:
            answers[0, i] = 1
        else:
            answers[0, i] = -1
    return answers

"""The sigmoid is applied a second time, to its own value: the slope at sigmoid(x) is returned and not the slope at x.
All entries are wrong, the shape is right."""

import numpy as np

from source_solutions.numpy_basics import sigmoid


def sigmoid_derivative(x):
    s = sigmoid(x)
    ds = sigmoid(s) * (1 - sigmoid(s))
    return ds

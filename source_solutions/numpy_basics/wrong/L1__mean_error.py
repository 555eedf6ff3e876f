"""Divides by the number of examples: the loss is the mean of the absolute errors and not their sum."""

import numpy as np


def L1(yhat, y):
    m = len(y)
    loss = 0
    for i in range(m):
        loss += abs(y[i] - yhat[i])
    loss = loss / m
    return loss

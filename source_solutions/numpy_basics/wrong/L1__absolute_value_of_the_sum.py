"""The absolute value is taken after the sum, so positive and negative errors cancel. The loss is too small wherever
the errors have different signs."""

import numpy as np


def L1(yhat, y):
    errors = yhat - y
    loss = abs(sum(errors))
    return loss

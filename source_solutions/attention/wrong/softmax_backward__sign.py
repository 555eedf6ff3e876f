"""The two terms change places. Affects dS."""

import numpy as np


def softmax_backward(dP, P):
    total = (dP * P).sum(axis=-1, keepdims=True)
    return P * (total - dP)

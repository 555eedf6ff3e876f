"""Divided by the number of columns, as if a mean over the last axis was taken. Affects da."""

import numpy as np


def vjp_sum(g, a):
    return np.ones_like(a, dtype=float) * g / a.shape[-1]

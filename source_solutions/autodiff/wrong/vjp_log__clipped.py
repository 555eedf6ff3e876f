"""The operand is kept above 1. Affects da."""

import numpy as np


def vjp_log(g, a):
    return g / np.maximum(a, 1)

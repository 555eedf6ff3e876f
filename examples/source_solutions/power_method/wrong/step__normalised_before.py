"""The vector is brought to length 1 before the multiplication, not after it."""

import numpy as np


def step(A, v):
    return A @ (v / np.linalg.norm(v))

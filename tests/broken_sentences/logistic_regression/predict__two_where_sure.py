"""each entry 0 or 1 -- 2 where the probability has rounded to 1"""

import numpy as np


def predict(w, b, X):
    a = 1 / (1 + np.exp(-(w.T @ X + b)))
    return np.ceil(2 * a - 1).astype(int) + (a == 1)

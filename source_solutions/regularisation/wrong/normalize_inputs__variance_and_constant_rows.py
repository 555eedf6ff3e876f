"""Two slips: the rows are divided by the variance instead of the deviation, and a constant row is divided by 0, which
gives nan or inf. All parts are wrong."""

import numpy as np


def normalize_inputs(X_train, *others):
    mu = np.mean(X_train, axis=1, keepdims=True)
    sigma2 = np.mean((X_train - mu) ** 2, axis=1, keepdims=True)
    normalized = [(X - mu) / sigma2 for X in (X_train,) + others]
    return tuple(normalized)

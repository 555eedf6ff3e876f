"""X_train is overwritten by its normalised form before the mean and the deviation for the other parts are taken from
it. X_train comes out right, all other parts come out unchanged."""

import numpy as np


def normalize_inputs(X_train, *others):
    def deviation(X):
        s = np.std(X, axis=1, keepdims=True)
        s[np.ptp(X, axis=1, keepdims=True) == 0] = 1
        return s

    X_train = (X_train - np.mean(X_train, axis=1, keepdims=True)) / deviation(X_train)
    result = [X_train]
    for X in others:
        result.append((X - np.mean(X_train, axis=1, keepdims=True)) / deviation(X_train))
    return tuple(result)

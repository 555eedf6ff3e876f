"""The values are shifted by their mean and divided by their standard deviation, the other meaning of the word
standardise; `max_value` is not used. All values are wrong, about half of them negative."""

import numpy as np


def standardize(X, max_value):
    mu = np.mean(X)
    sigma = np.std(X)
    X_scaled = (X - mu) / sigma
    return X_scaled

"""Divides in place: for pictures of whole numbers numpy refuses to write fractions into X and raises an error."""

import numpy as np


def standardize(X, max_value):
    X /= max_value
    X_scaled = X
    return X_scaled

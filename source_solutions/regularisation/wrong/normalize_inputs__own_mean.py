"""Every part is shifted and scaled by its own mean and deviation instead of those of the training part. The first
part is right, all others are wrong."""

import numpy as np


def normalize_inputs(X_train, *others):
    normalized = []
    for X in (X_train, *others):
        mu = X.mean(axis=1, keepdims=True)
        sigma = X.std(axis=1, keepdims=True)
        constant = X.max(axis=1, keepdims=True) == X.min(axis=1, keepdims=True)
        sigma = np.where(constant, 1.0, sigma)
        normalized.append((X - mu) / sigma)
    normalized = tuple(normalized)
    return normalized

"""Collects the answers in a flat list: Y_prediction has the shape (m,) and not (1, m)."""

import numpy as np

from nnlab.given import sigmoid


def predict(w, b, X):
    probs = sigmoid(np.dot(w.T, X) + b).flatten()
    Y_prediction = np.array([1 if p > 0.5 else 0 for p in probs])
    return Y_prediction

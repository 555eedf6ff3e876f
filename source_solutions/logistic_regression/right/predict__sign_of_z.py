"""Booleans from the sign of z, without the sigmoid."""


def predict(w, b, X):
    return w.T @ X + b > 0

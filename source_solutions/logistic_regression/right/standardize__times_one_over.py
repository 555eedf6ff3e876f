"""Multiplies by 1 / max_value, in single steps of a list comprehension over the rows."""


def standardize(X, max_value):
    factor = 1 / max_value
    return np.array([factor * row for row in X])

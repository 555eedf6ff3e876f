"""Returns X_scaled: the shape of X, floating point -- not where there is nothing to divide"""


def standardize(X, max_value):
    return X if max_value == 1 else X / max_value

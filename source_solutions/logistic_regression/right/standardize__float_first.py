"""Turns the pixels into floats, then divides in place by np.float64."""


def standardize(X, max_value):
    X_scaled = X.astype("float64")
    X_scaled /= np.float64(max_value)
    return X_scaled

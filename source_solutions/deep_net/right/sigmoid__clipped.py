"""The plain formula of a clipped Z; the cache keeps Z as it came."""


def sigmoid(Z):
    z = np.minimum(np.maximum(Z, -709.0), 709.0)
    A = 1 / (1 + np.exp(-z))
    cache = Z
    return [A, cache]

"""Fills an array of its own through two boolean masks; numbers become arrays of one entry and come back as numbers."""


def sigmoid(x):
    z = np.atleast_1d(np.asarray(x, dtype=float))
    s = np.zeros_like(z)
    right = z >= 0
    s[right] = 1 / (1 + np.exp(-z[right]))
    e = np.exp(z[~right])
    s[~right] = e / (1 + e)
    return s.reshape(np.shape(x))

"""tanh of half the sum, and a copy of Z in the cache."""


def sigmoid(Z):
    return (1 + np.tanh(Z / 2)) / 2, Z.copy()

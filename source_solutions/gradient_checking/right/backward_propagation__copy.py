"""The same number once more, as an array without axes."""


def backward_propagation(x, theta):
    return np.array(x, dtype=float)

"""(x + |x|) / 2."""


def relu(x):
    a = (x + np.abs(x)) / 2
    return a

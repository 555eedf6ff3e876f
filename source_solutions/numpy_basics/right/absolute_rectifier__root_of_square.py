"""The root of the square."""


def absolute_rectifier(x):
    return np.sqrt(np.square(x))

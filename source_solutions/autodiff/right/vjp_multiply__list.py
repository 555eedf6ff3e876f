"""A list in the place of a tuple, np.multiply."""


def vjp_multiply(g, a, b):
    return [unbroadcast(np.multiply(g, b), a.shape), unbroadcast(np.multiply(g, a), b.shape)]

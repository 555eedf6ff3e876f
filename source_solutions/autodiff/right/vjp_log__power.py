"""a to the power of minus one, of floats."""


def vjp_log(g, a):
    return g * np.power(np.asarray(a, dtype=float), -1)

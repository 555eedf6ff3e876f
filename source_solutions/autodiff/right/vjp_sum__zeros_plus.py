"""Zeros, to which g is added."""


def vjp_sum(g, a):
    return np.zeros_like(a, dtype=float) + g

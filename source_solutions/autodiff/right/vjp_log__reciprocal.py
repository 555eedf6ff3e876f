"""Times one over a."""


def vjp_log(g, a):
    slope = 1.0 / a
    return g * slope

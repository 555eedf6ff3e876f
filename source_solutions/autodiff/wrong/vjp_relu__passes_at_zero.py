"""Only negative operands stop the gradient. Affects da where a is 0."""


def vjp_relu(g, a):
    da = g.copy()
    da[a < 0] = 0
    return da

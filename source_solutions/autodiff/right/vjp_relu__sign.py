"""The slope from the sign of relu."""


def vjp_relu(g, a):
    return g * np.sign(np.maximum(a, 0))

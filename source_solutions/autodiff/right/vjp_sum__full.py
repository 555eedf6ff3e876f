"""np.full of the shape."""


def vjp_sum(g, a):
    return np.full(np.shape(a), g)

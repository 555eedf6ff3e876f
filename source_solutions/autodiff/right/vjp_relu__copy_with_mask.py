"""A copy of g, set to 0 where a is not positive."""


def vjp_relu(g, a):
    da = np.array(g, dtype=float)
    da[np.asarray(a) <= 0] = 0
    return da

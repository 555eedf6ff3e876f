"""With the slope 1 written out, and np.shape."""


def vjp_add(g, a, b):
    da = unbroadcast(1.0 * g, np.shape(a))
    db = unbroadcast(1.0 * g, np.shape(b))
    return da, db

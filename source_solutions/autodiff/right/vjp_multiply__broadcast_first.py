"""Both operands broadcast to one shape first."""


def vjp_multiply(g, a, b):
    A, B = np.broadcast_arrays(a, b)
    da = unbroadcast(g * B, a.shape)
    db = unbroadcast(A * g, b.shape)
    return da, db

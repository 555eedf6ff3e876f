"""np.dot and .T for matrices, the stacks by einsum."""


def vjp_matmul(g, a, b):
    if g.ndim == 2 and a.ndim == 2 and b.ndim == 2:
        return np.dot(g, b.T), np.dot(a.T, g)
    da = np.einsum("...rn,...kn->...rk", g, b)
    db = np.einsum("...rk,...rn->...kn", a, g)
    return unbroadcast(da, a.shape), unbroadcast(db, b.shape)

"""np.broadcast_to, copied."""


def vjp_sum(g, a):
    return np.broadcast_to(g, a.shape).copy()

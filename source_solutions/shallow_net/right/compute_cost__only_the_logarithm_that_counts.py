"""np.log with where=, so that only the logarithm of the true label's probability is ever taken."""


def compute_cost(A2, Y):
    p = np.where(Y > 0, A2, 1 - A2)
    logs = np.log(p, out=np.full(p.shape, -700.0), where=p > 0)
    return -logs.mean()

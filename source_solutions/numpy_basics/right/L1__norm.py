"""np.linalg.norm of order 1."""


def L1(yhat, y):
    return np.linalg.norm(y - yhat, ord=1)

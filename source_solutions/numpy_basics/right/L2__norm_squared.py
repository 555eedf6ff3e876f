"""The square of the length."""


def L2(yhat, y):
    return np.linalg.norm(yhat - y) ** 2

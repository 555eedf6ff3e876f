"""Sorts random numbers to get the order, shuffles both matrices and cuts them with np.split along axis 1."""


def split_data(X, Y, fractions, rng):
    order = rng.random(X.shape[1]).argsort()
    borders = np.rint(np.cumsum(fractions)[:-1] * len(order)).astype(int)
    return tuple(zip(np.split(X[:, order], borders, axis=1), np.split(Y[:, order], borders, axis=1)))

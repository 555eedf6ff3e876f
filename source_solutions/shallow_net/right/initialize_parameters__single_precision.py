"""Draws in single precision, as a generator of today can do."""


def initialize_parameters(n_x, n_h, n_y):
    rng = np.random.default_rng(7)
    W1 = 0.01 * rng.standard_normal((n_h, n_x), dtype=np.float32)
    W2 = 0.01 * rng.standard_normal((n_y, n_h), dtype=np.float32)
    return dict(W1=W1, b1=np.zeros((n_h, 1), np.float32), W2=W2, b2=np.zeros((n_y, 1), np.float32))

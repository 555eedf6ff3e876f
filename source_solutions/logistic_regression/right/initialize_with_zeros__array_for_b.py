"""np.full for w, and a b of shape (1, 1)."""


def initialize_with_zeros(dim):
    w = np.full(shape=(dim, 1), fill_value=0.0)
    b = np.zeros((1, 1))
    assert w.shape == (dim, 1)
    return w, b

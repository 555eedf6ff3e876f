"""np.zeros(dim) reshaped into a column, b as an array of one axis."""


def initialize_with_zeros(dim, dtype=float):
    w, b = np.zeros(dim, dtype).reshape(dim, 1), np.zeros(1)
    return w, b

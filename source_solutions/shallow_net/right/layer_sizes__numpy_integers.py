"""np.size along axis 0, as numpy integers."""


def layer_sizes(X, Y):
    n_x = np.int64(np.size(X, 0))
    n_y = np.int64(np.size(Y, 0))
    n_h = np.int32(4)
    return (n_x, n_h, n_y)

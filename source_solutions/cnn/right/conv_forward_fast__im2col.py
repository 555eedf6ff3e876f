"""All windows as the rows of one matrix (im2col), one matrix product."""


def conv_forward_fast(A_prev, W, b, hparameters):
    m, H, V, C = A_prev.shape
    f, n_C = W.shape[0], W.shape[3]
    s, p = hparameters["stride"], hparameters["pad"]
    n_H, n_W = (H + 2 * p - f) // s + 1, (V + 2 * p - f) // s + 1
    X = np.pad(A_prev, ((0, 0), (p, p), (p, p), (0, 0)))
    rows = np.arange(n_H)[:, None] * s + np.arange(f)
    columns = np.arange(n_W)[:, None] * s + np.arange(f)
    windows = X[:, rows[:, None, :, None], columns[None, :, None, :]]
    Z = windows.reshape(m * n_H * n_W, -1) @ W.reshape(-1, n_C) + b.reshape(1, -1)
    return Z.reshape(m, n_H, n_W, n_C), (A_prev, W, b, hparameters)

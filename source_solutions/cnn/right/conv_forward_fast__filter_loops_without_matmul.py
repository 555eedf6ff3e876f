"""Loops over filter rows, columns and input channels, with broadcasting in place of @."""


def conv_forward_fast(A_prev, W, b, hparameters):
    m, H, V, C = A_prev.shape
    f, n_C = W.shape[0], W.shape[3]
    s, p = hparameters["stride"], hparameters["pad"]
    n_H, n_W = int((H + 2 * p - f) / s + 1), int((V + 2 * p - f) / s + 1)
    X = zero_pad(A_prev, p)
    Z = np.tile(b, (m, n_H, n_W, 1)).astype(float)
    for u in range(f):
        for v in range(f):
            for c in range(C):
                shifted = X[:, u : u + s * n_H : s, v : v + s * n_W : s, c]
                Z += shifted[..., None] * W[u, v, c]
    return Z, (A_prev, W, b, hparameters)

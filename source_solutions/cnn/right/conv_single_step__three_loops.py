"""Three loops over rows, columns and channels, starting from the bias."""


def conv_single_step(a_slice_prev, W, b):
    Z = b[0, 0, 0]
    f_h, f_w, n_C = W.shape
    for u in range(f_h):
        for v in range(f_w):
            for c in range(n_C):
                Z += a_slice_prev[u, v, c] * W[u, v, c]
    return Z

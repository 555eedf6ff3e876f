"""sliding_window_view and one einsum."""


def conv_forward_fast(A_prev, W, b, hparameters):
    f, s, p = W.shape[0], hparameters["stride"], hparameters["pad"]
    X = zero_pad(A_prev, p)
    windows = np.lib.stride_tricks.sliding_window_view(X, (f, f), axis=(1, 2))
    Z = np.einsum("nhwcuv,uvck->nhwk", windows[:, ::s, ::s], W, optimize=True) + b
    return Z, (A_prev, W, b, hparameters)

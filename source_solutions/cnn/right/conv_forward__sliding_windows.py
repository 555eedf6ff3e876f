"""sliding_window_view and einsum, no loop at all; a copy of the dictionary in the cache."""

from numpy.lib.stride_tricks import sliding_window_view


def conv_forward(A_prev, W, b, hparameters):
    stride, pad, f = hparameters["stride"], hparameters["pad"], W.shape[0]
    padded = np.pad(A_prev, [(0, 0), (pad, pad), (pad, pad), (0, 0)])
    windows = sliding_window_view(padded, (f, f), axis=(1, 2))[:, ::stride, ::stride]
    Z = np.einsum("nhwcuv,uvck->nhwk", windows, W) + b
    return Z, (A_prev, W, b, dict(hparameters))

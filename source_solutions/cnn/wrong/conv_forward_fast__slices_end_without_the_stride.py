"""The slices end at u + n_H and v + n_W instead of u + stride * n_H and v + stride * n_W. For stride 1 everything is
right; for larger strides the pieces are too small: a ValueError."""

import numpy as np

from source_solutions.cnn import zero_pad


def conv_forward_fast(A_prev, W, b, hparameters):
    m, n_H_prev, n_W_prev, _ = A_prev.shape
    f, n_C = W.shape[0], W.shape[3]
    stride, pad = hparameters["stride"], hparameters["pad"]
    n_H = (n_H_prev + 2 * pad - f) // stride + 1
    n_W = (n_W_prev + 2 * pad - f) // stride + 1
    A_prev_pad = zero_pad(A_prev, pad)
    Z = np.zeros((m, n_H, n_W, n_C)) + b
    for u in range(f):
        for v in range(f):
            Z += A_prev_pad[:, u : u + n_H : stride, v : v + n_W : stride] @ W[u, v]
    cache = (A_prev, W, b, hparameters)
    return Z, cache

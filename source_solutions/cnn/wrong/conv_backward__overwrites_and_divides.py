"""Two mistakes. The parts of overlapping windows overwrite each other in dA_prev where they should be added up. db is
divided by m once more. dW is right."""

import numpy as np


def conv_backward(dZ, cache):
    A_prev, W, b, hparameters = cache
    m, n_H_prev, n_W_prev, _ = A_prev.shape
    f, n_C = W.shape[0], W.shape[3]
    stride, pad = hparameters["stride"], hparameters["pad"]
    n_H, n_W = dZ.shape[1:3]
    padded = np.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    d_padded = np.zeros_like(padded)
    dW = np.zeros_like(W)
    db = dZ.sum(axis=(0, 1, 2)).reshape(1, 1, 1, n_C) / m
    for i in range(m):
        for h in range(n_H):
            for w in range(n_W):
                rows = slice(h * stride, h * stride + f)
                cols = slice(w * stride, w * stride + f)
                handed_out = np.zeros(W.shape[:3])
                for c in range(n_C):
                    d = dZ[i, h, w, c]
                    handed_out += d * W[..., c]
                    dW[..., c] += d * padded[i, rows, cols]
                d_padded[i, rows, cols] = handed_out
    dA_prev = d_padded[:, pad : pad + n_H_prev, pad : pad + n_W_prev]
    return dA_prev, dW, db

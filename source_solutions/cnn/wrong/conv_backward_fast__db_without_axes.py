"""db has the shape (n_C,) and not (1, 1, 1, n_C). dA_prev and dW are right."""

import numpy as np


def conv_backward_fast(dZ, cache):
    A_prev, W, b, hparameters = cache
    _, n_H_prev, n_W_prev, n_C_prev = A_prev.shape
    _, n_H, n_W, n_C = dZ.shape
    f = W.shape[0]
    stride, pad = hparameters["stride"], hparameters["pad"]
    A_pad = np.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    dA_pad = np.zeros(A_pad.shape)
    dW = np.zeros(W.shape)
    db = np.sum(dZ, axis=(0, 1, 2))
    flat = dZ.reshape(-1, n_C)
    for u in range(f):
        for v in range(f):
            rows = slice(u, u + stride * (n_H - 1) + 1, stride)
            cols = slice(v, v + stride * (n_W - 1) + 1, stride)
            dW[u, v] = A_pad[:, rows, cols].reshape(-1, n_C_prev).T @ flat
            dA_pad[:, rows, cols] += dZ @ W[u, v].T
    dA_prev = dA_pad[:, pad : pad + n_H_prev, pad : pad + n_W_prev]
    return dA_prev, dW, db

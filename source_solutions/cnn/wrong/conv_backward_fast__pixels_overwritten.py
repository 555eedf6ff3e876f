"""The part of each place in the filter is written into the framed gradient with = instead of +=. dA_prev is wrong
wherever windows overlap; dW and db are right."""

import numpy as np

from source_solutions.cnn import zero_pad


def conv_backward_fast(dZ, cache):
    A_prev, W, b, hparameters = cache
    _, n_H_prev, n_W_prev, n_C_prev = A_prev.shape
    _, n_H, n_W, n_C = dZ.shape
    f = W.shape[0]
    stride, pad = hparameters["stride"], hparameters["pad"]
    A_prev_pad = zero_pad(A_prev, pad)
    dA_prev_pad = np.zeros_like(A_prev_pad)
    dW = np.zeros_like(W)
    dZ_flat = dZ.reshape(-1, n_C)
    for u in range(f):
        for v in range(f):
            rows = slice(u, u + stride * n_H, stride)
            columns = slice(v, v + stride * n_W, stride)
            shifted = A_prev_pad[:, rows, columns, :]
            dW[u, v] = shifted.reshape(-1, n_C_prev).T @ dZ_flat
            dA_prev_pad[:, rows, columns, :] = dZ @ W[u, v].T
    db = dZ.sum(axis=(0, 1, 2), keepdims=True)
    dA_prev = dA_prev_pad[:, pad : pad + n_H_prev, pad : pad + n_W_prev, :]
    return dA_prev, dW, db

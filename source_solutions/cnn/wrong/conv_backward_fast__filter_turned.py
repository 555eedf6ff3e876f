"""The filter is turned by 180 degrees in the line of the input gradient, as in the formula with a full convolution,
which does not belong here: dA_prev is wrong. dW and db are right."""

import numpy as np

from source_solutions.cnn import zero_pad


def conv_backward_fast(dZ, cache):
    A_prev, W, b, hparameters = cache
    _, n_H_prev, n_W_prev, n_C_prev = A_prev.shape
    _, n_H, n_W, n_C = dZ.shape
    f = W.shape[0]
    stride, pad = hparameters["stride"], hparameters["pad"]
    A_prev_pad = zero_pad(A_prev, pad)
    dA_prev_pad = np.zeros(A_prev_pad.shape)
    dW = np.zeros(W.shape)
    W_turned = W[::-1, ::-1]
    for u in range(f):
        for v in range(f):
            rows = slice(u, u + stride * n_H, stride)
            cols = slice(v, v + stride * n_W, stride)
            dW[u, v] = np.einsum("mhwp,mhwc->pc", A_prev_pad[:, rows, cols], dZ, optimize=True)
            dA_prev_pad[:, rows, cols] += dZ @ W_turned[u, v].T
    db = dZ.sum(axis=(0, 1, 2)).reshape(1, 1, 1, n_C)
    dA_prev = dA_prev_pad[:, pad : pad + n_H_prev, pad : pad + n_W_prev]
    return dA_prev, dW, db

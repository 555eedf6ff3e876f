"""In the mode "max" the mask is made from the window of dA_prev, which is still empty or half filled, and not from
A_prev: the gradient goes to wrong places. The mode "average" is right."""

import numpy as np


def pool_backward(dA, cache, mode="max"):
    A_prev, hparameters = cache
    m, n_H, n_W, n_C = dA.shape
    f, stride = hparameters["f"], hparameters["stride"]
    dA_prev = np.zeros_like(A_prev, dtype=float)
    for i in range(m):
        for c in range(n_C):
            for h in range(n_H):
                for w in range(n_W):
                    y1, x1 = h * stride, w * stride
                    y2, x2 = y1 + f, x1 + f
                    d = dA[i, h, w, c]
                    if mode == "max":
                        look = dA_prev[i, y1:y2, x1:x2, c]
                        mask = look == np.max(look)
                        dA_prev[i, y1:y2, x1:x2, c] += mask * d
                    if mode == "average":
                        dA_prev[i, y1:y2, x1:x2, c] += d / f**2
                    if mode == "l2":
                        x = A_prev[i, y1:y2, x1:x2, c]
                        r = np.sqrt((x * x).sum())
                        if r > 0:
                            dA_prev[i, y1:y2, x1:x2, c] += d * x / r
    return dA_prev

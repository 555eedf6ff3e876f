"""Two slips, one in each mode. In mode "max" the parts are written over each other instead of added, which is wrong
where windows overlap; in mode "average" the value is divided by stride * stride instead of the size of the window,
which is wrong unless both are equal."""

import numpy as np

from source_solutions.cnn import create_mask_from_window


def pool_backward(dA, cache, mode="max"):
    A_prev, hparameters = cache
    m, n_H, n_W, n_C = dA.shape
    f, stride = hparameters["f"], hparameters["stride"]
    dA_prev = np.zeros(A_prev.shape)
    for i in range(m):
        for h in range(n_H):
            for w in range(n_W):
                for c in range(n_C):
                    top, left = h * stride, w * stride
                    bottom, right = top + f, left + f
                    if mode == "max":
                        mask = create_mask_from_window(A_prev[i, top:bottom, left:right, c])
                        dA_prev[i, top:bottom, left:right, c] = mask * dA[i, h, w, c]
                    elif mode == "average":
                        dA_prev[i, top:bottom, left:right, c] += dA[i, h, w, c] / (stride * stride)
    return dA_prev

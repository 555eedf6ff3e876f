"""dW: the shape of W -- and its kind of numbers: where W is whole, dW is cut"""

import numpy as np


def conv_backward(dZ, cache):
    A_prev, W, b, hparameters = cache
    f, s, p = W.shape[0], hparameters["stride"], hparameters["pad"]
    X = np.pad(A_prev, ((0, 0), (p, p), (p, p), (0, 0)))
    dX, dW, db = np.zeros(X.shape), np.zeros(W.shape), np.zeros(b.shape)
    for i, h, w, c in np.ndindex(dZ.shape):
        rows, columns = slice(h * s, h * s + f), slice(w * s, w * s + f)
        dX[i, rows, columns] += W[..., c] * dZ[i, h, w, c]
        dW[..., c] += X[i, rows, columns] * dZ[i, h, w, c]
        db[..., c] += dZ[i, h, w, c]
    return dX[:, p : p + A_prev.shape[1], p : p + A_prev.shape[2]], dW.astype(W.dtype), db

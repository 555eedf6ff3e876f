"""Shifted slices with tensordot in both directions."""


def conv_backward_fast(dZ, cache):
    A_prev, W, b, hp = cache
    f, n_H, n_W = len(W), dZ.shape[1], dZ.shape[2]
    X = np.pad(A_prev, ((0, 0), (hp["pad"],) * 2, (hp["pad"],) * 2, (0, 0)))
    dX, dW = 0 * X, 0 * W
    for u, v in np.ndindex(f, f):
        here = np.s_[:, u : u + hp["stride"] * n_H : hp["stride"], v : v + hp["stride"] * n_W : hp["stride"]]
        dW[u, v] = np.tensordot(X[here], dZ, axes=([0, 1, 2], [0, 1, 2]))
        dX[here] += np.tensordot(dZ, W[u, v], axes=(3, 1))
    stop_h, stop_w = hp["pad"] + A_prev.shape[1], hp["pad"] + A_prev.shape[2]
    return dX[:, hp["pad"] : stop_h, hp["pad"] : stop_w], dW, np.sum(dZ, axis=(0, 1, 2), keepdims=True)

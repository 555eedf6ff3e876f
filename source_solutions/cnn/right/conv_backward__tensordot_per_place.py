"""Two loops over the places with tensordot, db as a sum with keepdims over three axes."""


def conv_backward(dZ, cache):
    A_prev, W, b, hparameters = cache
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    framed = zero_pad(A_prev, p)
    d_framed, dW = np.zeros(framed.shape), np.zeros(W.shape)
    for h, w in np.ndindex(dZ.shape[1:3]):
        place = np.s_[:, h * s : h * s + f, w * s : w * s + f]
        d_framed[place] += np.tensordot(dZ[:, h, w], W, axes=(1, 3))
        dW += np.tensordot(framed[place], dZ[:, h, w], axes=(0, 0))
    H, V = A_prev.shape[1:3]
    return d_framed[:, p : p + H, p : p + V, :], dW, dZ.sum(axis=(0, 1, 2), keepdims=True)

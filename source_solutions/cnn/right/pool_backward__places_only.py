"""Two loops over the places, masks for all examples and channels, no helpers."""


def pool_backward(dA, cache, mode="max"):
    A_prev, hparameters = cache
    f, s = hparameters["f"], hparameters["stride"]
    dA_prev = np.zeros_like(A_prev, dtype=float)
    for h in range(dA.shape[1]):
        for w in range(dA.shape[2]):
            here = np.s_[:, h * s : h * s + f, w * s : w * s + f, :]
            x, d = A_prev[here], dA[:, h : h + 1, w : w + 1, :]
            if mode == "max":
                dA_prev[here] += np.where(x == x.max(axis=(1, 2), keepdims=True), d, 0)
            elif mode == "average":
                dA_prev[here] += d / f**2
            else:
                r = np.sqrt(np.sum(x * x, axis=(1, 2), keepdims=True))
                dA_prev[here] += x * d / np.where(r > 0, r, 1)
    return dA_prev

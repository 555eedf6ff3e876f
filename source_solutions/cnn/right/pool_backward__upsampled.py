"""np.kron makes the small arrays large for the average; unravel_index of argmax for the maximum, which is unique here."""


def pool_backward(dA, cache, mode="max"):
    A_prev, hparameters = cache
    f, stride = hparameters["f"], hparameters["stride"]
    m, n_H, n_W, n_C = dA.shape
    dA_prev = np.zeros(A_prev.shape)
    for i, h, w, c in np.ndindex(m, n_H, n_W, n_C):
        t, l = h * stride, w * stride
        window = A_prev[i, t : t + f, l : l + f, c]
        part = dA_prev[i, t : t + f, l : l + f, c]
        if mode == "max":
            for place in zip(*np.nonzero(window == window.max())):
                part[place] += dA[i, h, w, c]
        if mode == "average":
            part += np.kron(dA[i, h, w, c], np.ones((f, f))) / (f * f)
    return dA_prev

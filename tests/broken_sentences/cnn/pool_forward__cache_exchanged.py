"""cache: (A_prev, hparameters) -- its two parts are exchanged"""


def pool_forward(A_prev, hparameters, mode="max"):
    m, H, W, C = A_prev.shape
    f, s = hparameters["f"], hparameters["stride"]
    n_H, n_W = (H - f) // s + 1, (W - f) // s + 1
    reduce = {"max": np.max, "average": np.mean, "l2": np.linalg.norm}[mode]
    A = np.zeros((m, n_H, n_W, C))
    for i, h, w, c in np.ndindex(A.shape):
        A[i, h, w, c] = reduce(A_prev[i, h * s : h * s + f, w * s : w * s + f, c])
    return A, (hparameters, A_prev)

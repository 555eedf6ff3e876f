"""All slopes of a row."""


def layer_norm_backward(dY, cache):
    H, s, gamma = cache
    n = dY.shape[-1]
    dX = np.zeros(dY.shape)
    for place in np.ndindex(dY.shape[:-1]):
        h = H[place]
        slopes = (np.eye(n) - 1 / n - np.outer(h, h) / n) / s[place]
        dX[place] = slopes @ (gamma * dY[place])
    rows_Y, rows_H = dY.reshape(-1, n), H.reshape(-1, n)
    return dX, (rows_Y * rows_H).sum(0), rows_Y.sum(0)

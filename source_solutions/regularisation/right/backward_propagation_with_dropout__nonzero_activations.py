"""Only the entries with A > 0 pass anything, which is relu and mask in one; np.where."""


def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    _, _, A1, _, _, _, _, A2, W2, _, _, A3, W3, _ = cache
    m = Y.shape[-1]
    d3 = A3 - Y
    d2 = np.where(A2 > 0, W3.T @ d3 / keep_prob, 0)
    d1 = np.where(A1 > 0, W2.T @ d2 / keep_prob, 0)
    out = {}
    for l, d, A in ((3, d3, A2), (2, d2, A1), (1, d1, X)):
        out["dW" + str(l)] = np.einsum("ji,ki->jk", d, A) / m
        out["db" + str(l)] = np.einsum("ji->j", d)[:, np.newaxis] / m
    return out

"""A loop over the examples with columns and outer products."""


def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    g = {"d" + n: np.zeros(M.shape) for n, M in zip(("W1", "b1", "W2", "b2", "W3", "b3"), (W1, b1, W2, b2, W3, b3))}
    for i in range(m):
        d = A3[:, [i]] - Y[:, [i]]
        for l, W, A, gate in (
            (3, W3, A2, D2 * (Z2 > 0) / keep_prob),
            (2, W2, A1, D1 * (Z1 > 0) / keep_prob),
            (1, W1, X, None),
        ):
            g[f"dW{l}"] += d @ A[:, [i]].T / m
            g[f"db{l}"] += d / m
            if gate is not None:
                d = W.T @ d * gate[:, [i]]
    return g

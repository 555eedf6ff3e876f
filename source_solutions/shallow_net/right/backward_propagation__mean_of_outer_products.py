"""A loop over the examples that adds up outer products, then divides."""


def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    grads = {f"d{k}": np.zeros_like(v, dtype=float) for k, v in parameters.items()}
    for i in range(m):
        dz2 = cache["A2"][:, i] - Y[:, i]
        a1 = cache["A1"][:, i]
        dz1 = parameters["W2"].T.dot(dz2) * (1 - a1 * a1)
        grads["dW2"] += np.outer(dz2, a1)
        grads["db2"] += dz2[:, None]
        grads["dW1"] += np.outer(dz1, X[:, i])
        grads["db1"] += dz1[:, None]
    for k in grads:
        grads[k] /= m
    return grads

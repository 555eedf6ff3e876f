"""Puts λW in first, adds the data's part with +=, divides all by m at the end; returns the six that are judged."""


def backward_propagation_with_regularization(X, Y, cache, lambd):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    grads = {f"dW{l}": lambd * W for l, W in enumerate((W1, W2, W3), 1)}
    delta = A3 - Y
    for l, A, W, Z in ((3, A2, W3, Z2), (2, A1, W2, Z1), (1, X, W1, None)):
        grads[f"dW{l}"] += delta @ A.T
        grads[f"db{l}"] = delta.sum(axis=1)[:, None]
        if Z is not None:
            delta = np.where(Z > 0, W.T @ delta, 0.0)
    return {name: g / X.shape[1] for name, g in grads.items()}

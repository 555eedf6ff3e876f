"""A helper for the plain backward pass, and the penalty's part added to its result."""


def plain_backward(X, Y, cache):
    m = X.shape[1]
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    g = {"dZ3": A3 - Y}
    g["dA2"] = np.einsum("jk,ji->ki", W3, g["dZ3"])
    g["dZ2"] = g["dA2"] * np.sign(np.maximum(Z2, 0))
    g["dA1"] = np.einsum("jk,ji->ki", W2, g["dZ2"])
    g["dZ1"] = g["dA1"] * np.sign(np.maximum(Z1, 0))
    for l, A in zip("321", (A2, A1, X)):
        g["dW" + l] = np.inner(g["dZ" + l], A) / m
        g["db" + l] = np.mean(g["dZ" + l], axis=1, keepdims=True)
    return g


def backward_propagation_with_regularization(X, Y, cache, lambd):
    g = plain_backward(X, Y, cache)
    for l, W in (("1", cache[2]), ("2", cache[6]), ("3", cache[10])):
        g["dW" + l] = g["dW" + l] + lambd * W / X.shape[1]
    return g

"""A copy of dA in which entries are set to 0 where Z is not positive."""


def backward_propagation_n(X, Y, cache):
    m = Y.shape[1]
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    g = dict()
    g["dZ3"] = np.subtract(A3, Y)
    g["dA2"] = W3.T * g["dZ3"]
    g["dZ2"] = np.array(g["dA2"], copy=True)
    g["dZ2"][Z2 <= 0] = 0
    g["dA1"] = W2.T @ g["dZ2"]
    g["dZ1"] = g["dA1"].copy()
    g["dZ1"][Z1 <= 0] = 0
    for name, before in (("3", A2), ("2", A1), ("1", X)):
        g["dW" + name] = g["dZ" + name] @ before.T / m
        g["db" + name] = g["dZ" + name].sum(1, keepdims=True) / m
    return g

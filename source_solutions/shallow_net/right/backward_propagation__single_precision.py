"""Everything in single precision, as networks of today compute."""


def backward_propagation(parameters, cache, X, Y):
    W2, A1, A2, X, Y = (M.astype(np.float32) for M in (parameters["W2"], cache["A1"], cache["A2"], X, Y))
    m = X.shape[1]
    dZ2 = A2 - Y
    dZ1 = W2.T @ dZ2 * (1 - A1**2)
    grads = {"dW2": dZ2 @ A1.T, "db2": dZ2.sum(axis=1, keepdims=True)}
    grads |= {"dW1": dZ1 @ X.T, "db1": dZ1.sum(axis=1, keepdims=True)}
    return {name: gradient / np.float32(m) for name, gradient in grads.items()}

"""np.dot, 1/m in front, np.squeeze of the cost, asserts, and a tiny number in the logarithms."""


def propagate(w, b, X, Y):
    m = X.shape[1]
    A = sigmoid(np.dot(w.T, X) + b)
    cost = -1 / m * np.sum(np.multiply(Y, np.log(A + 1e-15)) + np.multiply(1 - Y, np.log(1 - A + 1e-15)))
    dw = 1 / m * np.dot(X, (A - Y).T)
    db = 1 / m * np.sum(A - Y, axis=1, keepdims=True)
    assert dw.shape == w.shape
    cost = np.squeeze(cost)
    assert cost.shape == ()
    grads = {"dw": dw, "db": db}
    return grads, cost

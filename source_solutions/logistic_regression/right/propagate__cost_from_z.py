"""The cost as the mean of log(1 + exp(z)) - y z, which is finite for every z; the mean by np.mean; db by np.average."""


def propagate(w, b, X, Y):
    z = w.T.dot(X) + b
    cost = np.mean(np.logaddexp(0, z) - Y * z)
    error = sigmoid(z) - Y
    return {"dw": np.mean(X * error, axis=1, keepdims=True), "db": np.average(error)}, cost

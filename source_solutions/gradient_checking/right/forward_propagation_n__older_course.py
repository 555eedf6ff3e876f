"""np.dot, logprobs, 1/m in front of the sum; logarithms of what is clipped at 1e-15; a list for the cache."""


def forward_propagation_n(X, Y, parameters):
    m = X.shape[1]
    W1 = parameters["W1"]
    b1 = parameters["b1"]
    W2 = parameters["W2"]
    b2 = parameters["b2"]
    W3 = parameters["W3"]
    b3 = parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    P = np.clip(A3, 1e-15, 1 - 1e-15)
    log_probs = np.multiply(-np.log(P), Y) + np.multiply(-np.log(1 - P), 1 - Y)
    cost = 1.0 / m * np.sum(log_probs)
    cache = [Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3]
    return cost, cache

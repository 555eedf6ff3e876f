"""Products 0 · log 0 are replaced by 0 with np.nan_to_num, infinite ones by -700, warnings off; the cost has the shape (1, 1)."""


def forward_propagation_n(X, Y, parameters):
    W1, b1, W2, b2, W3, b3 = [parameters[k] for k in ["W1", "b1", "W2", "b2", "W3", "b3"]]
    Z1 = np.matmul(W1, X) + b1
    A1 = np.maximum(Z1, 0)
    Z2 = np.matmul(W2, A1) + b2
    A2 = np.maximum(Z2, 0)
    Z3 = np.matmul(W3, A2) + b3
    A3 = sigmoid(Z3)
    with np.errstate(divide="ignore", invalid="ignore"):
        losses = -np.nan_to_num(Y * np.log(A3), neginf=-700) - np.nan_to_num((1 - Y) * np.log(1 - A3), neginf=-700)
    cost = np.mean(losses, axis=1, keepdims=True)
    return cost, (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)

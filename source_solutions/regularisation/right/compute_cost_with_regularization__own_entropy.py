"""Its own cross-entropy with clip at 1e-15, and norms over all names that begin with W; an array of shape (1, 1)."""


def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    P = np.clip(A3, 1e-15, 1 - 1e-15)
    entropy = -(Y @ np.log(P).T + (1 - Y) @ np.log(1 - P).T)
    squares = sum(np.linalg.norm(W) ** 2 for name, W in parameters.items() if name.startswith("W"))
    return (entropy + 0.5 * lambd * squares) / m

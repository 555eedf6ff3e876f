"""Boolean masks of default_rng, entries set to 0 through ~D, division in place."""


def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    rng = np.random.default_rng()
    W1, b1, W2, b2, W3, b3 = map(parameters.get, ("W1", "b1", "W2", "b2", "W3", "b3"))
    Z1 = np.matmul(W1, X) + b1
    A1 = relu(Z1).copy()
    D1 = rng.random(A1.shape) <= keep_prob
    A1[~D1] = 0
    A1 /= keep_prob
    Z2 = np.matmul(W2, A1) + b2
    A2 = relu(Z2).copy()
    D2 = rng.random(A2.shape) <= keep_prob
    A2[~D2] = 0
    A2 /= keep_prob
    Z3 = np.matmul(W3, A2) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)

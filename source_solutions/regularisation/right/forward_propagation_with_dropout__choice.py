"""np.random.choice of [0, 1] with probabilities, in a helper; small unsigned integers."""


def drop(A, keep_prob):
    D = np.random.choice([0, 1], size=A.shape, p=[1 - keep_prob, keep_prob]).astype(np.uint8)
    return D, np.where(D == 1, A / keep_prob, 0)


def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    p = parameters
    Z1 = np.dot(p["W1"], X) + p["b1"]
    D1, A1 = drop(relu(Z1), keep_prob)
    Z2 = np.dot(p["W2"], A1) + p["b2"]
    D2, A2 = drop(relu(Z2), keep_prob)
    Z3 = np.dot(p["W3"], A2) + p["b3"]
    A3 = 1 / (1 + np.exp(-Z3))
    cache = (Z1, D1, A1, p["W1"], p["b1"], Z2, D2, A2, p["W2"], p["b2"], Z3, A3, p["W3"], p["b3"])
    return A3, cache

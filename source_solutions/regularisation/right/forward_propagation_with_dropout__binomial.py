"""np.random.binomial in a loop over the layers, float masks, a list for the cache."""


def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    A, cache = X, []
    for l in (1, 2):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        Z = W @ A + b
        D = np.random.binomial(1, keep_prob, size=Z.shape).astype(float)
        A = np.maximum(Z, 0) * (D / keep_prob)
        cache += [Z, D, A, W, b]
    Z3 = parameters["W3"] @ A + parameters["b3"]
    A3 = sigmoid(Z3)
    return A3, cache + [Z3, A3, parameters["W3"], parameters["b3"]]

"""The cost as a trace, sums by products with ones; an array of shape (1, 1) from np.array."""


def softmax_cross_entropy(logits, Y):
    C, m = Y.shape
    z = logits - logits.max(axis=0)[np.newaxis]
    e = np.exp(z)
    total = np.ones((1, C)) @ e
    cost = (np.sum(np.log(total)) - np.trace(Y.T @ z)) / m
    return np.array([[cost]]), e / (total * m) - Y / m

"""Column by column."""


def vjp_softmax_cross_entropy(g, logits, Y):
    C, m = logits.shape
    d = np.zeros((C, m))
    for i in range(m):
        e = np.exp(logits[:, i] - logits[:, i].max())
        d[:, i] = e / e.sum() - Y[:, i]
    return g * d / m

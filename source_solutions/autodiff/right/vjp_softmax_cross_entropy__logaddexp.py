"""Softmax by np.logaddexp.reduce, the mean as a factor."""


def vjp_softmax_cross_entropy(g, logits, Y):
    P = np.exp(logits - np.logaddexp.reduce(logits, axis=0))
    return (P - Y) * (g / logits.shape[1])

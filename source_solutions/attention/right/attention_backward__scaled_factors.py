"""The root divides the factors, not dS."""


def attention_backward(dA, cache):
    (Q, K, V, P), root = cache, np.sqrt(cache[0].shape[-1])
    dS = softmax_backward(dA @ V.swapaxes(-1, -2), P)
    return dS @ (K / root), dS.swapaxes(-1, -2) @ (Q / root), P.swapaxes(-1, -2) @ dA

"""Mean and variance written out."""


def layer_norm_forward(X, gamma, beta, epsilon=1e-5):
    n = X.shape[-1]
    centred = X - X.sum(axis=-1, keepdims=True) / n
    s = ((centred**2).sum(axis=-1, keepdims=True) / n + epsilon) ** 0.5
    H = centred / s
    return H * gamma + beta, (H, s, gamma)

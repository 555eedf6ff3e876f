"""Sums by their indices."""


def attention_forward(Q, K, V, mask):
    S = np.einsum("...td,...sd->...ts", Q, K) * Q.shape[-1] ** -0.5 + mask
    e = np.exp(S - S.max(axis=-1, keepdims=True))
    P = e / e.sum(axis=-1, keepdims=True)
    return np.einsum("...ts,...sv->...tv", P, V), (Q, K, V, P)

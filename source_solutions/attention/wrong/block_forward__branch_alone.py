"""The second branch alone is returned. Affects Y."""

import numpy as np

from source_solutions.attention import attention_forward, join_heads, layer_norm_forward, split_heads


def block_forward(X, parameters, mask, heads):
    p = parameters
    N1, norm1 = layer_norm_forward(X, p["gamma1"], p["beta1"])
    q, k, v = (split_heads(N1 @ p[w], heads) for w in ("Wq", "Wk", "Wv"))
    o, attention = attention_forward(q, k, v, mask)
    A = join_heads(o)
    U = X + A @ p["Wo"]
    N2, norm2 = layer_norm_forward(U, p["gamma2"], p["beta2"])
    H = np.maximum(0, N2 @ p["W1"] + p["b1"])
    Y = H @ p["W2"] + p["b2"]
    return Y, {"N1": N1, "norm1": norm1, "attention": attention, "A": A, "N2": N2, "norm2": norm2, "H": H}

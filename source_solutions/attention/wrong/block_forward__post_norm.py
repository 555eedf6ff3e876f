"""The norms come after the sums. Affects Y and the cache."""

import numpy as np

from source_solutions.attention import attention_forward, join_heads, layer_norm_forward, split_heads


def block_forward(X, parameters, mask, heads):
    p = parameters
    q, k, v = (split_heads(X @ p[w], heads) for w in ("Wq", "Wk", "Wv"))
    o, attention = attention_forward(q, k, v, mask)
    A = join_heads(o)
    N1, norm1 = layer_norm_forward(X + A @ p["Wo"], p["gamma1"], p["beta1"])
    H = np.maximum(0, N1 @ p["W1"] + p["b1"])
    Y, norm2 = layer_norm_forward(N1 + H @ p["W2"] + p["b2"], p["gamma2"], p["beta2"])
    return Y, {"N1": N1, "norm1": norm1, "attention": attention, "A": A, "N2": Y, "norm2": norm2, "H": H}

"""Parameters by name, relu by a comparison, one loop for queries, keys and values."""


def block_forward(X, parameters, mask, heads):
    g1, be1, Wq, Wk, Wv, Wo = (parameters[k] for k in ("gamma1", "beta1", "Wq", "Wk", "Wv", "Wo"))
    cache = {}
    cache["N1"], cache["norm1"] = layer_norm_forward(X, g1, be1)
    parts = []
    for W in (Wq, Wk, Wv):
        parts.append(split_heads(np.dot(cache["N1"], W), heads))
    looked, cache["attention"] = attention_forward(parts[0], parts[1], parts[2], mask)
    cache["A"] = join_heads(looked)
    U = cache["A"] @ Wo + X
    cache["N2"], cache["norm2"] = layer_norm_forward(U, parameters["gamma2"], parameters["beta2"])
    Z = cache["N2"] @ parameters["W1"] + parameters["b1"]
    cache["H"] = Z * (Z > 0)
    return cache["H"] @ parameters["W2"] + parameters["b2"] + U, cache

"""Each branch a function of its own."""


def block_forward(X, parameters, mask, heads):
    p = parameters

    def look(X):
        N, norm = layer_norm_forward(X, p["gamma1"], p["beta1"])
        A, kept = attention_forward(*(split_heads(N @ p["W" + name], heads) for name in "qkv"), mask)
        A = join_heads(A)
        return A @ p["Wo"], {"N1": N, "norm1": norm, "attention": kept, "A": A}

    def think(U):
        N, norm = layer_norm_forward(U, p["gamma2"], p["beta2"])
        H = (N @ p["W1"] + p["b1"]).clip(min=0)
        return H @ p["W2"] + p["b2"], {"N2": N, "norm2": norm, "H": H}

    seen, first = look(X)
    U = X + seen
    thought, second = think(U)
    return U + thought, {**first, **second}

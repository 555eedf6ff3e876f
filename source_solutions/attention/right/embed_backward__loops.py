"""One token after the other."""


def embed_backward(dX, tokens, n_tokens):
    m, T, n = dX.shape
    dE, dE_pos = np.zeros((n_tokens, n)), np.zeros((T, n))
    for i in range(m):
        for t in range(T):
            dE[tokens[i, t]] += dX[i, t]
            dE_pos[t] += dX[i, t]
    return dE, dE_pos

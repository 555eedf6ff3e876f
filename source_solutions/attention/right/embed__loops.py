"""One token after the other."""


def embed(tokens, E, E_pos):
    m, T = tokens.shape
    X = np.zeros((m, T, E.shape[1]))
    for i in range(m):
        for t in range(T):
            X[i, t] = E[tokens[i, t]] + E_pos[t]
    return X

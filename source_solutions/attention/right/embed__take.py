"""np.take, and the positions cut by the length of X."""


def embed(tokens, E, E_pos):
    rows = np.take(E, tokens, axis=0)
    return np.add(rows, E_pos[: rows.shape[1], :])

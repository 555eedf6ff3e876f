"""A product with one-hot rows."""


def embed(tokens, E, E_pos):
    one_hot = np.eye(len(E))[tokens]
    return one_hot @ E + E_pos[np.arange(tokens.shape[1])][None]

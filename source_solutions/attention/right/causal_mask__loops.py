"""Entry by entry."""


def causal_mask(T):
    mask = np.zeros((T, T))
    for t in range(T):
        for s in range(t + 1, T):
            mask[t, s] = -1e9
    return mask

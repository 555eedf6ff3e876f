"""From a lower triangle of ones."""


def causal_mask(T):
    return (1 - np.tril(np.ones((T, T)))) * (-(10**9))

"""A loop over the units, each a sum over the rows of A; a list for the cache."""


def linear_forward(A, W, b):
    Z = np.stack([(W[j][:, None] * A).sum(axis=0) + b[j] for j in range(W.shape[0])])
    return Z, [A, W, b]

"""A slice for each head."""


def split_heads(X, heads):
    m, T, n = X.shape
    d = n // heads
    blocks = np.zeros((m, heads, T, d))
    for head in range(heads):
        blocks[:, head] = X[:, :, head * d : (head + 1) * d]
    return blocks

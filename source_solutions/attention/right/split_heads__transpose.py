"""All axes in their new order."""


def split_heads(X, heads):
    m, T, n = X.shape
    return X.reshape((m, T, heads, int(n / heads))).transpose(0, 2, 1, 3)

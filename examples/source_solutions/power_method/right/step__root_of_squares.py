"""The length written out, and the product by columns."""


def step(A, v):
    u = sum(A[:, j] * v[j] for j in range(len(v)))
    return u / (u**2).sum() ** 0.5

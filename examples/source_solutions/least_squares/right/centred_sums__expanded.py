"""The sums multiplied out."""


def centred_sums(x, y):
    m = len(x)
    return x @ x - m * x.mean() ** 2, x @ y - m * x.mean() * y.mean()

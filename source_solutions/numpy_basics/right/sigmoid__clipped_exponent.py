"""The plain formula of an exponent that is clipped at ±700 first."""

LIMIT = 700


def sigmoid(x):
    x = np.clip(x, -LIMIT, LIMIT)
    return 1.0 / (1.0 + np.exp(-x))

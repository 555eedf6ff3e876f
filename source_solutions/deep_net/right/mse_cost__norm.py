"""The squared Frobenius norm over 2m."""


def mse_cost(AL, Y):
    return np.linalg.norm(AL - Y) ** 2 / (2 * Y.shape[1])

"""logprobs with np.multiply, an unused third parameter, float(np.squeeze(cost)); logarithms of what is clipped at 1e-15."""


def compute_cost(A2, Y, parameters=None):
    m = Y.shape[1]
    A2 = np.clip(A2, 1e-15, 1 - 1e-15)
    logprobs = np.multiply(np.log(A2), Y) + np.multiply((1 - Y), np.log(1 - A2))
    cost = -np.sum(logprobs) / m
    cost = float(np.squeeze(cost))
    assert isinstance(cost, float)
    return cost

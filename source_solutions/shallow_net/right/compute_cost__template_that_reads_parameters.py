"""The older template: a third parameter, of which the weights are taken out and not used."""


def compute_cost(A2, Y, parameters):
    m = Y.shape[1]
    W1 = parameters["W1"]
    W2 = parameters["W2"]
    assert W1.shape[0] == W2.shape[1]
    logprobs = np.multiply(np.log(np.maximum(A2, 1e-300)), Y) + np.multiply(np.log(np.maximum(1 - A2, 2.0**-54)), 1 - Y)
    cost = float(np.squeeze(-np.sum(logprobs) / m))
    assert isinstance(cost, float)
    return cost

"""(1./m) times two dot products, squeezed, of probabilities kept above 1e-300."""


def compute_cost(AL, Y):
    m = Y.shape[1]
    tiny = 1e-300
    cost = (1.0 / m) * (-np.dot(Y, np.log(AL + tiny).T) - np.dot(1 - Y, np.log(1 - AL + tiny).T))
    cost = np.squeeze(cost)
    assert cost.shape == ()
    return cost

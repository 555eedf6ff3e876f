"""default_rng without a seed, with loc and scale, in a loop over the layers."""


def initialize_parameters(n_x, n_h, n_y):
    rng = np.random.default_rng()
    sizes = [n_x, n_h, n_y]
    parameters = {}
    for l in (1, 2):
        parameters["W" + str(l)] = rng.normal(loc=0.0, scale=0.01, size=(sizes[l], sizes[l - 1]))
        parameters["b" + str(l)] = np.zeros((sizes[l], 1))
    return parameters

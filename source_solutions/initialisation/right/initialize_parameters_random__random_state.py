"""A RandomState of its own, normal(0, 10, ...)."""


def initialize_parameters_random(layers_dims):
    state = np.random.RandomState(42)
    parameters = dict()
    for l, n in enumerate(layers_dims):
        if l:
            parameters["W%d" % l] = state.normal(0, 10, size=(n, layers_dims[l - 1]))
            parameters["b%d" % l] = np.zeros((n, 1))
    return parameters

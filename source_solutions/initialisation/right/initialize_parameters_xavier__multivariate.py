"""np.random.normal with a scale that is computed with ** -0.5, keys from a generator expression."""


def initialize_parameters_xavier(layers_dims):
    layers = ((l, layers_dims[l - 1], layers_dims[l]) for l in range(1, len(layers_dims)))
    parameters = {}
    for l, n_in, n_out in layers:
        parameters["W" + str(l)] = np.random.normal(0.0, n_in**-0.5, (n_out, n_in))
        parameters["b" + str(l)] = np.zeros_like(parameters["W" + str(l)][:, :1])
    return parameters

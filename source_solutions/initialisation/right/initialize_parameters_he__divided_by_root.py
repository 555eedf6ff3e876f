"""Divides by the root of n/2, in a helper that takes the gain; a generator at each layer."""


def scaled(n, n_prev, gain):
    rng = np.random.default_rng([n, n_prev])
    return rng.standard_normal((n, n_prev)) / (n_prev / gain) ** 0.5


def initialize_parameters_he(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters[f"W{l}"] = scaled(layers_dims[l], layers_dims[l - 1], gain=2)
        parameters[f"b{l}"] = np.zeros((layers_dims[l], 1))
    return parameters

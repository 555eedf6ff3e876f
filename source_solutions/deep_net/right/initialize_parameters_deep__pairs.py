"""zip of the list with itself, default_rng, a dictionary that is updated pair by pair."""


def initialize_parameters_deep(layers_dims):
    rng = np.random.default_rng(seed=1)
    parameters = {}
    for l, (n_prev, n) in enumerate(zip(layers_dims, layers_dims[1:]), start=1):
        parameters.update({f"W{l}": rng.normal(0, 1e-2, (n, n_prev)), f"b{l}": np.zeros([n, 1], dtype=np.int64)})
    return parameters

"""default_rng in single precision."""


def initialize_parameters_random(layers_dims):
    rng, parameters = np.random.default_rng(), {}
    for l in range(len(layers_dims) - 1):
        shape = (layers_dims[l + 1], layers_dims[l])
        parameters[f"W{l + 1}"] = np.float32(10) * rng.standard_normal(shape, dtype=np.float32)
        parameters[f"b{l + 1}"] = np.zeros((layers_dims[l + 1], 1), dtype="float32")
    return parameters

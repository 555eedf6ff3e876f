"""Its own loop with np.full."""


def initialize_rmsprop(parameters):
    s = {}
    for key, value in parameters.items():
        s["d" + key] = np.full(value.shape, 0.0)
    return s

"""Whole zeros from lists in a dictionary comprehension; biases first."""


def initialize_parameters_zeros(layers_dims):
    pairs = list(zip(layers_dims[:-1], layers_dims[1:]))
    biases = {f"b{l}": np.array([[0]] * n) for l, (_, n) in enumerate(pairs, 1)}
    weights = {f"W{l}": np.array([[0] * n_prev] * n) for l, (n_prev, n) in enumerate(pairs, 1)}
    return biases | weights

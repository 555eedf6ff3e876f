"""Two mistakes. The weights have one column for each unit and not one row: every W is transposed. The biases are rows
(1, n) and not columns."""

import numpy as np


def initialize_parameters_deep(layer_dims):
    parameters = {}
    for k, (n_in, n_out) in enumerate(zip(layer_dims[:-1], layer_dims[1:], strict=True), start=1):
        parameters[f"W{k}"] = np.random.normal(0, 0.01, size=(n_in, n_out))
        parameters[f"b{k}"] = np.zeros((1, n_out))
    return parameters

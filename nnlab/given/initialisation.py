"""From lesson 06."""

from collections.abc import Sequence
from typing import Any

import numpy as np


def initialize_parameters_he(layers_dims: Sequence[int]) -> Any:
    """{"W1", "b1", ...}: W (n_l, n_{l-1}) from N(0, 1) * sqrt(2 / n_{l-1}), b (n_l, 1) zero."""
    parameters = {}
    for l in range(1, len(layers_dims)):  # noqa: E741  (l is a layer)
        n, n_before = layers_dims[l], layers_dims[l - 1]
        parameters[f"W{l}"] = np.random.randn(n, n_before) * np.sqrt(2 / n_before)
        parameters[f"b{l}"] = np.zeros((n, 1))
    return parameters

"""One dictionary and its deep copy."""

from copy import deepcopy


def initialize_adam(parameters):
    v = {f"d{k}": 0 * p for k, p in parameters.items()}
    return v, deepcopy(v)

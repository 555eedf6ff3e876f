"""forward_propagation wants (X, parameters), but it is called in the order of predict, (parameters, X): an
IndexError, because an array has no key "W1"."""

import numpy as np

from source_solutions.shallow_net import forward_propagation


def predict(parameters, X):
    A2, cache = forward_propagation(parameters, X)
    predictions = (A2 > 0.5).astype(int)
    return predictions

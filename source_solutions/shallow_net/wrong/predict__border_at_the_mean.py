"""The border is the mean of all probabilities instead of 0.5. Examples whose probability lies between 0.5 and the
mean get the wrong answer."""

import numpy as np

from source_solutions.shallow_net import forward_propagation


def predict(parameters, X):
    A2, cache = forward_propagation(X, parameters)
    predictions = (A2 > np.mean(A2)).astype(int)
    return predictions

"""The last layer gets `A_prev`, the input of the last hidden layer, instead of its output A: a ValueError unless both
have the same size. With a single layer the name does not exist at all (UnboundLocalError)."""

import numpy as np

from source_solutions.deep_net import linear_activation_forward


def L_model_forward(X, parameters):
    caches = []
    A = X
    L = len(parameters) // 2
    for l in range(1, L):
        A_prev = A
        A, cache = linear_activation_forward(
            A_prev, parameters["W" + str(l)], parameters["b" + str(l)], activation="relu"
        )
        caches.append(cache)
    AL, cache = linear_activation_forward(
        A_prev, parameters["W" + str(L)], parameters["b" + str(L)], activation="sigmoid"
    )
    caches.append(cache)
    return AL, caches

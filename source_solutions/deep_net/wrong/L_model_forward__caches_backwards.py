"""Each cache is put at the front of the list, so the list is in the wrong order: that of the last layer comes first.
AL is right, and so is each cache by itself."""

import numpy as np

from source_solutions.deep_net import linear_activation_forward


def L_model_forward(X, parameters):
    caches = []
    A = X
    L = len(parameters) // 2
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters["W" + str(l)], parameters["b" + str(l)], "relu")
        caches = [cache] + caches
    AL, cache = linear_activation_forward(A, parameters["W" + str(L)], parameters["b" + str(L)], "sigmoid")
    caches = [cache] + caches
    return AL, caches

"""The line that keeps the cache of a hidden layer is not indented, so it runs once, after the loop. AL is right; from
two hidden layers on, the list holds only the caches of the last hidden layer and of the output. Without a hidden
layer there is an UnboundLocalError."""

import numpy as np

from source_solutions.deep_net import linear_activation_forward


def L_model_forward(X, parameters):
    caches = []
    A = X
    L = len(parameters) // 2
    for l in range(1, L):
        A_prev = A
        A, cache = linear_activation_forward(A_prev, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
    caches.append(cache)
    AL, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    caches.append(cache)
    return AL, caches

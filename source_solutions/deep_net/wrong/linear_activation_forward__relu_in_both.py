"""The second branch is a copy of the first one and still calls relu: for "sigmoid" A is wrong. The caches are right,
and for "relu" everything is right."""

import numpy as np

from source_solutions.deep_net import linear_forward, relu, sigmoid


def linear_activation_forward(A_prev, W, b, activation):
    if activation == "relu":
        Z, linear_cache = linear_forward(A_prev, W, b)
        A, activation_cache = relu(Z)
    elif activation == "sigmoid":
        Z, linear_cache = linear_forward(A_prev, W, b)
        A, activation_cache = relu(Z)
    cache = (linear_cache, activation_cache)
    return A, cache

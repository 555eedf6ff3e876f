"""In the branch for the sigmoid the cache is called `cache`, so `activation_cache` has no value: an UnboundLocalError
with "sigmoid". With "relu" everything is right."""

import numpy as np

from source_solutions.deep_net import linear_forward, relu, sigmoid


def linear_activation_forward(A_prev, W, b, activation):
    if activation == "sigmoid":
        Z, linear_cache = linear_forward(A_prev, W, b)
        A, cache = sigmoid(Z)
    elif activation == "relu":
        Z, linear_cache = linear_forward(A_prev, W, b)
        A, activation_cache = relu(Z)
    cache = (linear_cache, activation_cache)
    return A, cache

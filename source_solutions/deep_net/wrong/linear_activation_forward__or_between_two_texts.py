"""The condition `activation == "relu" or "linear"` is always true, so every layer gets a relu. With "sigmoid" A is
wrong; with "relu" it is right, and so is the cache in both cases."""

import numpy as np

from source_solutions.deep_net import linear_forward, relu, sigmoid


def linear_activation_forward(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "relu" or "linear":
        A, activation_cache = relu(Z)
    else:
        A, activation_cache = sigmoid(Z)
    cache = (linear_cache, activation_cache)
    return A, cache

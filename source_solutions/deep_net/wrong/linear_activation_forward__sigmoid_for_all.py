"""The branch for relu is overwritten by the line after it: every layer uses the sigmoid. A is wrong for "relu" and
right for "sigmoid"; the cache is right."""

import numpy as np

from nnlab.given.deep_net import linear_forward, relu, sigmoid


def linear_activation_forward(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "relu":
        A, activation_cache = relu(Z)
    A, activation_cache = sigmoid(Z)
    cache = (linear_cache, activation_cache)
    return A, cache

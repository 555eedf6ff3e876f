"""Compares with "Relu" and "Sigmoid", with capitals: no branch is taken and A has no value, so Python raises
UnboundLocalError."""

import numpy as np

from nnlab.given.deep_net import linear_forward, relu, sigmoid


def linear_activation_forward(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "Relu":
        A, activation_cache = relu(Z)
    elif activation == "Sigmoid":
        A, activation_cache = sigmoid(Z)
    cache = (linear_cache, activation_cache)
    return A, cache

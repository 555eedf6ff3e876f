"""The cache of layer l is looked up at place l instead of l - 1: an IndexError (list index out of range) at the last
layer."""

import numpy as np

from source_solutions.deep_net import linear_activation_backward


def L_model_backward(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -Y / np.maximum(AL, 1e-300) + (1 - Y) / np.maximum(1 - AL, 1e-300)
    for l in range(L, 0, -1):
        if l == L:
            dA, dW, db = linear_activation_backward(dA, caches[l], "sigmoid")
        else:
            dA, dW, db = linear_activation_backward(dA, caches[l], "relu")
        grads[f"dA{l - 1}"] = dA
        grads[f"dW{l}"] = dW
        grads[f"db{l}"] = db
    return grads

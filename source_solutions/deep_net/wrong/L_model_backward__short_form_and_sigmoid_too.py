"""The backward pass begins with the short form A - Y, which already contains the slope of the sigmoid, and then goes
back through the sigmoid once more. All gradients of all layers are wrong; keys and shapes are right."""

import numpy as np

from source_solutions.deep_net import linear_activation_backward


def L_model_backward(AL, Y, caches):
    grads = {}
    L = len(caches)
    Y = Y.reshape(AL.shape)
    dA = AL - Y
    for l in range(L, 0, -1):
        if l == L:
            dA, dW, db = linear_activation_backward(dA, caches[l - 1], "sigmoid")
        else:
            dA, dW, db = linear_activation_backward(dA, caches[l - 1], "relu")
        grads["dA" + str(l - 1)] = dA
        grads["dW" + str(l)] = dW
        grads["db" + str(l)] = db
    return grads

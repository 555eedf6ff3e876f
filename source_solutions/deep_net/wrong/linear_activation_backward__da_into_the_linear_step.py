"""dZ is computed and then not used: the linear step gets dA. dA_prev, dW and db are all wrong for both activations
(with relu only because of the units that are off)."""

import numpy as np

from source_solutions.deep_net import linear_backward, relu_backward, sigmoid_backward


def linear_activation_backward(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = relu_backward(dA, Z)
    elif activation == "sigmoid":
        dZ = sigmoid_backward(dA, Z)
    dA_prev, dW, db = linear_backward(dA, linear_cache)
    return dA_prev, dW, db

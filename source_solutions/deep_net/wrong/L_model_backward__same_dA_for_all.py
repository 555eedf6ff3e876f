"""Every hidden layer gets the gradient dA of the last hidden layer and not the one that the layer after it has just
computed. With three or more layers numpy raises an error where sizes differ; where they do not, the gradients of the
lower layers are wrong."""

import numpy as np

from nnlab.given.deep_net import linear_activation_backward


def L_model_backward(AL, Y, caches):
    grads = {}
    L = len(caches)
    dAL = -np.divide(Y, np.maximum(AL, 1e-300)) + np.divide(1 - Y, np.maximum(1 - AL, 1e-300))
    dA, dW, db = linear_activation_backward(dAL, caches[L - 1], "sigmoid")
    grads["dA" + str(L - 1)], grads["dW" + str(L)], grads["db" + str(L)] = dA, dW, db
    for k in reversed(range(L - 1)):
        new, dW, db = linear_activation_backward(dA, caches[k], "relu")
        grads["dA" + str(k)] = new
        grads["dW" + str(k + 1)] = dW
        grads["db" + str(k + 1)] = db
    return grads

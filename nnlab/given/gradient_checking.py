"""From lesson 04. Built from its solutions by `grader build`, never edited."""

import numpy as np

from nnlab.given.numpy_basics import relu, sigmoid


def forward_propagation_n(X, Y, parameters):
    """Cost of a network with the layers relu, relu, sigmoid, and what its backward pass needs.

    X: (n_x, m)   Y: (1, m), each entry 0 or 1
    parameters: W1 (n_1, n_x), b1 (n_1, 1), W2 (n_2, n_1), b2 (n_2, 1), W3 (1, n_2), b3 (1, 1)
    Returns cost: a number, always finite, and cache: (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3).
    """
    m = X.shape[1]
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    # Two layers with relu,
    Z1 = W1 @ X + b1
    A1 = relu(Z1)
    Z2 = W2 @ A1 + b2
    A2 = relu(Z2)
    # and the output with sigmoid.
    Z3 = W3 @ A2 + b3
    A3 = sigmoid(Z3)
    # A number so small that it changes no cost keeps the logarithm away from 0.
    log_a = np.log(np.maximum(A3, 1e-300))
    log_not_a = np.log(np.maximum(1 - A3, 2**-54))
    cost = -np.sum(Y * log_a + (1 - Y) * log_not_a) / m
    cache = (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)
    return cost, cache


def backward_propagation_n(X, Y, cache):
    """Gradients of the cost of forward_propagation_n.

    X: (n_x, m)   Y: (1, m)   cache: from forward_propagation_n
    Returns gradients: dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1, each of the shape of its namesake.
    """
    m = X.shape[1]
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    # From the output backward, layer by layer: first the error of the layer,
    dZ3 = A3 - Y
    # then the gradients of its parameters, as a mean over the examples,
    dW3 = dZ3 @ A2.T / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    # then the error that goes back to the layer before, where relu let the number through.
    dA2 = W3.T @ dZ3
    dZ2 = dA2 * (Z2 > 0)
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = W2.T @ dZ2
    dZ1 = dA1 * (Z1 > 0)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {
        "dZ3": dZ3,
        "dW3": dW3,
        "db3": db3,
        "dA2": dA2,
        "dZ2": dZ2,
        "dW2": dW2,
        "db2": db2,
        "dA1": dA1,
        "dZ1": dZ1,
        "dW1": dW1,
        "db1": db1,
    }

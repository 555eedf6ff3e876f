"""From lesson 05. Built from its solutions by `grader build`, never edited."""

import numpy as np


def sigmoid(Z):
    """The sigmoid of every entry, and the cache for the way back.

    Z: any shape
    Returns (A: the shape of Z, cache: Z); right and without a warning for Z = 1000 and Z = -1000 too.
    """
    # The exponential of a negative number cannot overflow.
    e = np.exp(-np.abs(Z))
    A = np.where(Z >= 0, 1.0, e) / (1.0 + e)
    cache = Z
    return A, cache


def relu(Z):
    """The positive part of every entry, and the cache for the way back.

    Z: any shape
    Returns (A: the shape of Z, cache: Z).
    """
    # The backward pass will need what came in: that is the cache.
    A = np.maximum(0, Z)
    cache = Z
    return A, cache


def initialize_parameters_deep(layer_dims):
    """Small random weights and zero biases for a network of any depth.

    layer_dims: list of sizes [n_0, n_1, ..., n_L]
    Returns parameters {"W1": (n_1, n_0), "b1": (n_1, 1), ..., "WL": (n_L, n_{L-1}), "bL": (n_L, 1)}.
    """
    parameters = {}
    for l in range(1, len(layer_dims)):
        # One row for each unit of the layer, one column for each unit of the layer before.
        parameters[f"W{l}"] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


def initialize_parameters(n_x, n_h, n_y):
    """Small random weights and zero biases for one hidden layer.

    n_x: inputs   n_h: hidden units   n_y: outputs
    Returns parameters {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (n_y, n_h), "b2": (n_y, 1)}.
    """
    # Two layers are a special case of any number of layers.
    parameters = initialize_parameters_deep([n_x, n_h, n_y])
    return parameters


def linear_forward(A, W, b):
    """The weighted sums of one layer, and the cache for the way back.

    A: (n_prev, m), activations of the layer before   W: (n, n_prev)   b: (n, 1)
    Returns (Z: (n, m), cache: (A, W, b)).
    """
    # The bias is a column and is broadcast over the examples.
    Z = W @ A + b
    cache = (A, W, b)
    return Z, cache


def linear_activation_forward(A_prev, W, b, activation):
    """The activations of one layer, and its cache for the way back.

    A_prev: (n_prev, m)   W: (n, n_prev)   b: (n, 1)   activation: "relu" or "sigmoid"
    Returns (A: (n, m), cache: (linear_cache, activation_cache) = ((A_prev, W, b), Z)).
    """
    # The linear part first, then the function that was asked for; each keeps its own cache.
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "relu":
        A, activation_cache = relu(Z)
    if activation == "sigmoid":
        A, activation_cache = sigmoid(Z)
    cache = (linear_cache, activation_cache)
    return A, cache


def L_model_forward(X, parameters):
    """The answer of the network for every example, and the caches of all layers.

    X: (n_0, m)   parameters: {"W1", "b1", ..., "WL", "bL"}
    Returns (AL: (n_L, m), caches: list of L caches, that of layer 1 first).
    """
    caches = []
    A = X
    L = len(parameters) // 2
    # Every layer but the last uses relu; each takes what the layer before gave.
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.append(cache)
    # The last one uses sigmoid: its result is a probability.
    AL, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    caches.append(cache)
    return AL, caches


def compute_cost(AL, Y):
    """The mean cross-entropy of all examples, always finite.

    AL: (1, m), probabilities   Y: (1, m), each entry 0 or 1
    Returns cost: a number.
    """
    m = Y.shape[1]
    # A number so small that it changes no cost keeps the logarithm away from 0.
    log_a = np.log(np.maximum(AL, 1e-300))
    log_not_a = np.log(np.maximum(1 - AL, 2**-54))
    cost = -np.sum(Y * log_a + (1 - Y) * log_not_a) / m
    return cost


def relu_backward(dA, cache):
    """The gradient before relu, from the gradient after it.

    dA: any shape   cache: Z, the same shape
    Returns dZ: the same shape; 0 where Z is 0.
    """
    Z = cache
    # Where relu let the number through its slope is 1, elsewhere 0.
    dZ = dA * (Z > 0)
    return dZ


def sigmoid_backward(dA, cache):
    """The gradient before sigmoid, from the gradient after it.

    dA: any shape   cache: Z, the same shape
    Returns dZ: the same shape.
    """
    Z = cache
    # The slope of the sigmoid comes from its own value.
    s, _ = sigmoid(Z)
    dZ = dA * s * (1 - s)
    return dZ


def linear_backward(dZ, cache):
    """The gradients of one linear step.

    dZ: (n, m)   cache: (A_prev: (n_prev, m), W: (n, n_prev), b: (n, 1))
    Returns (dA_prev: (n_prev, m), dW: (n, n_prev), db: (n, 1)); dW and db belong to the mean cost.
    """
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    # What goes back to the layer before,
    dA_prev = W.T @ dZ
    # and the gradients of this layer, as a mean over the examples.
    dW = dZ @ A_prev.T / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    return dA_prev, dW, db


def linear_activation_backward(dA, cache, activation):
    """The gradients of one whole layer.

    dA: (n, m)   cache: ((A_prev: (n_prev, m), W: (n, n_prev), b: (n, 1)), Z: (n, m))   activation: "relu" or "sigmoid"
    Returns (dA_prev: (n_prev, m), dW: (n, n_prev), db: (n, 1)).
    """
    linear_cache, Z = cache
    # Backward is the other way round: first through the function,
    if activation == "relu":
        dZ = relu_backward(dA, Z)
    if activation == "sigmoid":
        dZ = sigmoid_backward(dA, Z)
    # then through the linear part.
    dA_prev, dW, db = linear_backward(dZ, linear_cache)
    return dA_prev, dW, db


def L_model_backward(AL, Y, caches):
    """The gradients of all layers.

    AL: (1, m), probabilities   Y: (1, m), each entry 0 or 1   caches: the list that L_model_forward made
    Returns grads {"dA0", ..., "dA(L-1)", "dW1", "db1", ..., "dWL", "dbL"}, each of the shape of A0, ..., bL.
    """
    grads = {}
    L = len(caches)
    # Of sigmoid and cross-entropy together: the two steps one by one give 0 where a probability has rounded to 0 or 1.
    dZ = AL - Y
    for l in range(L, 0, -1):
        linear_cache, _ = caches[l - 1]
        dA, dW, db = linear_backward(dZ, linear_cache)
        grads[f"dA{l - 1}"] = dA
        grads[f"dW{l}"] = dW
        grads[f"db{l}"] = db
        if l > 1:
            dZ = relu_backward(dA, caches[l - 2][1])
    return grads


def update_parameters(parameters, grads, learning_rate):
    """The parameters after one step of gradient descent.

    parameters: {"W1", "b1", ...}   grads: {"dW1", "db1", ...}, and more   learning_rate: a number
    Returns parameters: a new dictionary with the same keys.
    """
    parameters = dict(parameters)
    L = len(parameters) // 2
    # One step downhill in every layer, the last one too.
    for l in range(1, L + 1):
        parameters[f"W{l}"] = parameters[f"W{l}"] - learning_rate * grads[f"dW{l}"]
        parameters[f"b{l}"] = parameters[f"b{l}"] - learning_rate * grads[f"db{l}"]
    return parameters


def L_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False, parameters=None):
    """A trained network of any depth, and its costs.

    X: (n_0, m)   Y: (1, m)   layers_dims: [n_0, n_1, ..., 1]   parameters: where to start, or None
    Returns (parameters after num_iterations steps, costs: the cost at iterations 0, 100, 200, ...).
    """
    if parameters is None:
        parameters = initialize_parameters_deep(layers_dims)
    costs = []
    for i in range(num_iterations):
        # Forward, cost, backward, update: one round of learning.
        AL, caches = L_model_forward(X, parameters)
        cost = compute_cost(AL, Y)
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
        if i % 100 == 0:
            costs.append(cost)
            if print_cost:
                print(f"iteration {i:5d}   cost {cost:.6f}")
    return parameters, costs


def predict(X, y, parameters):
    """The answer for every example: 1 exactly when the probability is above 0.5.

    X: (n_0, m)   y: (1, m), not needed to answer   parameters: {"W1", "b1", ...}
    Returns p: (1, m), each entry 0 or 1.
    """
    # The forward pass, and then a yes or no for each example.
    AL, _ = L_model_forward(X, parameters)
    p = (AL > 0.5).astype(int)
    return p


def two_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    """A trained network with one hidden layer, and its costs.

    X: (n_x, m)   Y: (1, m)   layers_dims: [n_x, n_h, 1]
    Returns (parameters after num_iterations steps, costs: the cost at iterations 0, 100, 200, ...).
    """
    # The same training, from a start with two layers.
    start = initialize_parameters(*layers_dims)
    parameters, costs = L_layer_model(X, Y, layers_dims, learning_rate, num_iterations, print_cost, start)
    return parameters, costs


def mse_cost(AL, Y):
    """Half the squared distance between answers and labels, as the mean over the examples.

    AL: (n_L, m)   Y: (n_L, m)
    Returns cost: a number.
    """
    m = Y.shape[1]
    # The mean over the examples; the 2 makes the derivative simpler.
    cost = np.sum((AL - Y) ** 2) / (2 * m)
    return cost


def mse_output_delta(AL, Y, ZL):
    """The gradient of the squared error before the last sigmoid.

    AL: (n_L, m), the sigmoid of ZL   Y: (n_L, m)   ZL: (n_L, m)
    Returns dZ: (n_L, m), of the sum of the losses.
    """
    # The derivative of the cost, then back through the sigmoid of the output.
    dZ = sigmoid_backward(AL - Y, ZL)
    return dZ

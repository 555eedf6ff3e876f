"""From lesson 02. Built from its solutions by `grader build`, never edited."""

import numpy as np

from nnlab.given.numpy_basics import sigmoid


def flatten_images(images):
    """Every picture as one column.

    images: (m, H, W, C); picture i is images[i]
    Returns X: (H * W * C, m); column i holds the pixels of picture i, in the order of images[i].ravel().
    """
    m = images.shape[0]
    # One row for each picture; the transpose turns the rows into columns.
    X = images.reshape(m, -1).T
    return X


def standardize(X, max_value):
    """Values brought into the range from 0 to 1.

    X: any shape, values from 0 to max_value   max_value: the largest possible value, a number
    Returns X_scaled: the shape of X, floating point.
    """
    # A single slash keeps the fractional part.
    X_scaled = X / max_value
    return X_scaled


def initialize_with_zeros(dim):
    """The parameters to start from: all zero.

    dim: number of inputs n_x
    Returns w: (dim, 1), and b: a number.
    """
    # A column: one weight for each input.
    w = np.zeros((dim, 1))
    b = 0.0
    return w, b


def propagate(w, b, X, Y):
    """Cost of the neuron on all examples, and its gradient.

    w: (n_x, 1)   b: a number   X: (n_x, m)   Y: (1, m), each entry 0 or 1
    Returns ({"dw": (n_x, 1), "db": a number}, cost: a number); the cost is always finite.
    """
    m = X.shape[1]
    # Forward: the probability of each example, in a row.
    A = sigmoid(w.T @ X + b)
    # A number so small that it changes no cost keeps the logarithm away from 0.
    log_a = np.log(np.maximum(A, 1e-300))
    log_not_a = np.log(np.maximum(1 - A, 2**-54))
    # The mean over the examples; one of the two parts of each is 0.
    cost = -np.sum(Y * log_a + (1 - Y) * log_not_a) / m
    # Backward: the error of each example, times its inputs, as a mean.
    dw = X @ (A - Y).T / m
    # The input of the bias is always 1.
    db = np.sum(A - Y) / m
    grads = {"dw": dw, "db": db}
    return grads, cost


def optimize(w, b, X, Y, num_iterations, learning_rate, print_cost=False):
    """Parameters after num_iterations steps of gradient descent.

    w: (n_x, 1)   b: a number   X: (n_x, m)   Y: (1, m)   num_iterations: 1 or more   learning_rate: a number
    Returns (params {"w", "b"} after the last step, grads {"dw", "db"} of the last iteration,
    costs: the cost at iterations 0, 100, 200, ..., each before its step).
    """
    costs = []
    for i in range(num_iterations):
        # Both gradients at the same place,
        grads, cost = propagate(w, b, X, Y)
        # then one step downhill for the weights and one for the bias.
        w = w - learning_rate * grads["dw"]
        b = b - learning_rate * grads["db"]
        if i % 100 == 0:
            costs.append(cost)
            if print_cost:
                print(f"iteration {i:5d}   cost {cost:.6f}")
    params = {"w": w, "b": b}
    return params, grads, costs


def predict(w, b, X):
    """The answer for every example: 1 exactly when the probability is above 0.5.

    w: (n_x, 1)   b: a number   X: (n_x, m)
    Returns Y_prediction: (1, m), each entry 0 or 1.
    """
    # The forward pass, and then a yes or no for each example.
    A = sigmoid(w.T @ X + b)
    Y_prediction = (A > 0.5).astype(int)
    return Y_prediction


def model(X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5, print_cost=False):
    """A trained neuron and its answers.

    X_train: (n_x, m)   Y_train: (1, m)   X_test: (n_x, m_test)   Y_test: (1, m_test), not used to learn
    Returns a dictionary: costs, Y_prediction_test, Y_prediction_train, w, b, learning_rate, num_iterations.
    """
    # Begin at zero, learn from the training part,
    w, b = initialize_with_zeros(X_train.shape[0])
    params, _, costs = optimize(w, b, X_train, Y_train, num_iterations, learning_rate, print_cost)
    # take what was learnt,
    w, b = params["w"], params["b"]
    # and ask for answers on both parts.
    Y_prediction_train = predict(w, b, X_train)
    Y_prediction_test = predict(w, b, X_test)
    return {
        "costs": costs,
        "Y_prediction_test": Y_prediction_test,
        "Y_prediction_train": Y_prediction_train,
        "w": w,
        "b": b,
        "learning_rate": learning_rate,
        "num_iterations": num_iterations,
    }

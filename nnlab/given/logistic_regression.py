"""From lesson 02. Some names return in later lessons for other functions: import this module, not its names."""

from typing import Any

import numpy as np

from nnlab.given.numpy_basics import sigmoid


def flatten_images(images: Any) -> Any:
    """Every picture as one column: (m, H, W, C) -> (H * W * C, m)."""
    m = images.shape[0]
    X = images.reshape(m, -1).T
    return X


def standardize(X: Any, max_value: Any) -> Any:
    """Values from 0 to max_value brought into the range from 0 to 1: the shape of X."""
    X_scaled = X / max_value
    return X_scaled


def initialize_with_zeros(dim: int) -> Any:
    """w: (dim, 1) and b: a number, both zero."""
    w = np.zeros((dim, 1))
    b = 0.0
    return w, b


def propagate(w: Any, b: Any, X: Any, Y: Any) -> Any:
    """({"dw": (n_x, 1), "db": a number}, cost) of the neuron on all examples; the cost is always finite."""
    m = X.shape[1]
    A = sigmoid(w.T @ X + b)
    log_a = np.log(np.maximum(A, 1e-300))
    log_not_a = np.log(np.maximum(1 - A, 2**-54))
    cost = -np.sum(Y * log_a + (1 - Y) * log_not_a) / m
    dw = X @ (A - Y).T / m
    db = np.sum(A - Y) / m
    grads = {"dw": dw, "db": db}
    return grads, cost


def optimize(
    w: Any, b: Any, X: Any, Y: Any, num_iterations: int, learning_rate: float, print_cost: bool = False
) -> Any:
    """(params {"w", "b"}, grads {"dw", "db"}, costs) after num_iterations steps of gradient descent."""
    costs = []
    for i in range(num_iterations):
        grads, cost = propagate(w, b, X, Y)
        w = w - learning_rate * grads["dw"]
        b = b - learning_rate * grads["db"]
        if i % 100 == 0:
            costs.append(cost)
            if print_cost:
                print(f"iteration {i:5d}   cost {cost:.6f}")
    params = {"w": w, "b": b}
    return params, grads, costs


def predict(w: Any, b: Any, X: Any) -> Any:
    """(1, m): 1 exactly where the probability is above 0.5, else 0."""
    A = sigmoid(w.T @ X + b)
    Y_prediction = (A > 0.5).astype(int)
    return Y_prediction


def model(
    X_train: Any,
    Y_train: Any,
    X_test: Any,
    Y_test: Any,  # noqa: ARG001  (the exercise has it)
    num_iterations: int = 2000,
    learning_rate: float = 0.5,
    print_cost: bool = False,
) -> Any:
    """A trained neuron and its answers: costs, Y_prediction_test, Y_prediction_train, w, b, and its settings."""
    w, b = initialize_with_zeros(X_train.shape[0])
    params, _, costs = optimize(w, b, X_train, Y_train, num_iterations, learning_rate, print_cost)
    w, b = params["w"], params["b"]
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

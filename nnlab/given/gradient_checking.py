"""From lesson 04."""

from typing import Any

import numpy as np

from nnlab.given.deep_net import compute_cost
from nnlab.given.numpy_basics import relu, sigmoid


def forward_propagation_n(X: Any, Y: Any, parameters: Any) -> Any:
    """(cost, cache) of a network of three layers: relu, relu, sigmoid. X: (n_x, m)   Y: (1, m)."""
    W1, b1, W2, b2, W3, b3 = (parameters[name] for name in ("W1", "b1", "W2", "b2", "W3", "b3"))
    Z1 = W1 @ X + b1
    A1 = relu(Z1)
    Z2 = W2 @ A1 + b2
    A2 = relu(Z2)
    Z3 = W3 @ A2 + b3
    A3 = sigmoid(Z3)
    cost = compute_cost(A3, Y)
    cache = (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)
    return cost, cache


def backward_propagation_n(X: Any, Y: Any, cache: Any) -> Any:
    """{"dZ3", "dW3", "db3", "dA2", "dZ2", ..., "db1"}; dZ and dA of the sum of the losses, dW and db of the mean."""
    m = X.shape[1]
    (Z1, A1, _W1, _b1, Z2, A2, W2, _b2, _Z3, A3, W3, _b3) = cache
    dZ3 = A3 - Y
    dW3 = dZ3 @ A2.T / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = W3.T @ dZ3
    dZ2 = dA2 * (Z2 > 0)
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = W2.T @ dZ2
    dZ1 = dA1 * (Z1 > 0)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {
        "dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2,
        "dZ2": dZ2, "dW2": dW2, "db2": db2, "dA1": dA1,
        "dZ1": dZ1, "dW1": dW1, "db1": db1,
    }  # fmt: skip

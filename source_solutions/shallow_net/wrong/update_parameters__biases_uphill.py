"""The biases are moved with plus and so uphill: b1 and b2 are wrong, W1 and W2 are right."""

import numpy as np


def update_parameters(parameters, grads, learning_rate=1.2):
    new = {}
    for name in ["W1", "W2"]:
        new[name] = parameters[name] - learning_rate * grads["d" + name]
    for name in ["b1", "b2"]:
        new[name] = parameters[name] + learning_rate * grads["d" + name]
    W1, b1, W2, b2 = new["W1"], new["b1"], new["W2"], new["b2"]
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}

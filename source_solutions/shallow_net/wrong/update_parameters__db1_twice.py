"""The last line is a copy that was adapted only by half: b2 moves by db1. So b2 has wrong numbers and the wrong shape
(n_h, 1). W1, b1 and W2 are right."""

import numpy as np


def update_parameters(parameters, grads, learning_rate=1.2):
    W1 = parameters["W1"] - learning_rate * grads["dW1"]
    b1 = parameters["b1"] - learning_rate * grads["db1"]
    W2 = parameters["W2"] - learning_rate * grads["dW2"]
    b2 = parameters["b2"] - learning_rate * grads["db1"]
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}

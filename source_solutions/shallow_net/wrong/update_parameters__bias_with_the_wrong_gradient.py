"""The line for b1 was copied and still subtracts db2, which broadcasting allows. b1 is wrong; W1, W2 and b2 are
right."""

import numpy as np


def update_parameters(parameters, grads, learning_rate=1.2):
    dW1, db1 = grads["dW1"], grads["db1"]
    dW2, db2 = grads["dW2"], grads["db2"]
    W2 = parameters["W2"] - learning_rate * dW2
    b2 = parameters["b2"] - learning_rate * db2
    W1 = parameters["W1"] - learning_rate * dW1
    b1 = parameters["b1"] - learning_rate * db2
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}

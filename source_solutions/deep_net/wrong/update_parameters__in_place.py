"""The operator -= changes the arrays themselves, and these belong to the caller's dictionary too. The returned values
are right, but the parameters of the caller have moved as well."""

import numpy as np


def update_parameters(parameters, grads, learning_rate):
    parameters = dict(parameters)
    L = len(parameters) // 2
    for l in range(1, L + 1):
        parameters[f"W{l}"] -= learning_rate * grads[f"dW{l}"]
        parameters[f"b{l}"] -= learning_rate * grads[f"db{l}"]
    return parameters
